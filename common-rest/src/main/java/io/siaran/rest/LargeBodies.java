package io.siaran.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies by their announced length, before Quarkus does so without a problem. JSON has a limit of its own, so
 * that a service which takes large uploads does not take large JSON.
 */
@ApplicationScoped
class LargeBodies {

    private static final int TOO_LARGE = 413;

    private final ObjectMapper mapper;
    private final long limit;
    private final long jsonLimit;

    LargeBodies(
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            @ConfigProperty(name = "siaran.rest.max-json-body") MemorySize jsonLimit) {
        this.mapper = mapper;
        this.limit = limit.asLongValue();
        this.jsonLimit = jsonLimit.asLongValue();
    }

    void register(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1).handler(this::check);
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(this::bound);
    }

    /** Where a body announces no length, Quarkus reads as far as is noted here. */
    private void bound(RoutingContext exchange) {
        if (exchange.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            exchange.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, allowed(exchange));
        }
        exchange.next();
    }

    private void check(RoutingContext exchange) {
        if (announced(exchange) <= allowed(exchange)) {
            exchange.next();
            return;
        }
        // The rest of the body is still on its way: nothing else can follow on this connection.
        exchange.response()
                .setStatusCode(TOO_LARGE)
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Problem problem = Problem.of(
                ProblemCode.TOO_LARGE,
                "the body is too large",
                exchange.request().path());
        exchange.end(RestJson.write(mapper, problem)).onFailure(exchange::fail);
    }

    private long allowed(RoutingContext exchange) {
        String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null || type.contains("json") ? Math.min(limit, jsonLimit) : limit;
    }

    private static long announced(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
