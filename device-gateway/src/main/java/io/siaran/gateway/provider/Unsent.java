package io.siaran.gateway.provider;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;

/** Which failures of a call prove that nothing was written: those that come before there is a connection. */
public final class Unsent {

    /** Listed, not guessed: whatever is not here may have come after the request was written. */
    private static final Set<Class<? extends Throwable>> BEFORE_THE_REQUEST = Set.of(
            ConnectException.class,
            ConnectTimeoutException.class,
            NoRouteToHostException.class,
            UnknownHostException.class,
            SSLHandshakeException.class,
            ConnectionPoolTooBusyException.class);

    private Unsent() {}

    /** The proof in the failure or its causes, or empty: then the request may have been written. */
    public static Optional<String> proof(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            for (Class<? extends Throwable> known : BEFORE_THE_REQUEST) {
                if (known.isInstance(cause)) {
                    return Optional.of(known.getSimpleName());
                }
            }
        }
        return Optional.empty();
    }
}
