package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** One user who asks without end takes no other's place: beyond its share it is told when to ask again, before anything is read. */
@ApplicationScoped
class FairShare {

    /** After the caller is known, before anybody waits for a turn. */
    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 3;

    private final ObjectMapper mapper;
    private final FairShareConfig config;
    private final Shares shares;

    FairShare(ObjectMapper mapper, FairShareConfig config) {
        this.mapper = mapper;
        this.config = config;
        this.shares = new Shares(Math.max(1, config.requestsPerMinute()));
    }

    void register(@Observes Router router) {
        if (config.requestsPerMinute() > 0) {
            router.route().order(ORDER).handler(this::enter);
        }
    }

    private void enter(RoutingContext exchange) {
        String user = user(exchange);
        Duration wait = user == null ? Duration.ZERO : shares.take(user, System.nanoTime());
        if (wait.isZero()) {
            exchange.next();
        } else {
            refuse(exchange, wait);
        }
    }

    private void refuse(RoutingContext exchange, Duration wait) {
        Problem problem = Problem.of(
                ProblemCode.TOO_MANY_REQUESTS,
                "more than " + config.requestsPerMinute() + " requests a minute",
                exchange.request().path());
        exchange.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds() + 1));
        exchange.end(RestJson.write(mapper, problem)).onFailure(exchange::fail);
    }

    /** Who has no token is refused later, or asks for what is open. */
    private static String user(RoutingContext exchange) {
        return exchange.user() instanceof QuarkusHttpUser known
                        && known.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? token.getSubject()
                : null;
    }
}
