package io.siaran.rest;

import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, for what is decided before any resource is asked; {@link Caller} tells resources. */
public final class KnownCaller {

    private KnownCaller() {}

    /** The {@code sub} of the token; empty for who has none: that caller is refused later, or asks for what is open. */
    public static Optional<String> of(RoutingContext exchange) {
        return exchange.user() instanceof QuarkusHttpUser known
                        && known.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? Optional.ofNullable(token.getSubject())
                : Optional.empty();
    }
}
