package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

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
        Duration wait = KnownCaller.of(exchange)
                .map(user -> shares.take(user, System.nanoTime()))
                .orElse(Duration.ZERO);
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
}
