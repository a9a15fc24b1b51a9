package io.siaran.gateway.provider;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Judges the address that a call is really connected to, before anything is written. A server's name is looked up before it is
 * called, and whoever owns the name may answer otherwise a moment later (DNS rebinding).
 */
final class ConnectedServer {

    /** Provably not sent: no byte of the request was written. */
    static final class Forbidden extends ConnectException {

        private static final long serialVersionUID = 1L;

        Forbidden() {
            super("its server is in an internal network");
        }
    }

    private ConnectedServer() {}

    /** For {@code QuarkusRestClientBuilder.httpClientRequestCustomizer}, which has the connection and has written nothing. */
    static Consumer<HttpClientRequest> refuse(Predicate<InetAddress> forbidden) {
        return request -> {
            if (isForbidden(request.connection().remoteAddress(), forbidden)) {
                // Told as the failure of the call: without a handler it would be logged as an error as well.
                request.exceptionHandler(_ -> {});
                // Not thrown: the client would drop it, and the call hang until its time-out.
                request.reset(0, new Forbidden());
            }
        };
    }

    private static boolean isForbidden(SocketAddress address, Predicate<InetAddress> forbidden) {
        return address != null
                && address.hostAddress() != null
                && forbidden.test(InetAddress.ofLiteral(address.hostAddress()));
    }
}
