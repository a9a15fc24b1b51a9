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
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses bodies by their announced length, before Quarkus does so without a problem. A service that takes large uploads names the one
 * path on which it does, in the one spelling in which it is documented; whatever comes in elsewhere is JSON or nothing, and bounded
 * as JSON is, by whatever name its type goes.
 */
@ApplicationScoped
class LargeBodies {

    private static final int TOO_LARGE = 413;

    private final ObjectMapper mapper;
    private final long limit;
    private final long jsonLimit;
    private final Optional<String> uploads;

    LargeBodies(
            ObjectMapper mapper,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit,
            RestConfig config) {
        this.mapper = mapper;
        this.limit = limit.asLongValue();
        this.jsonLimit = config.maxJsonBody().asLongValue();
        this.uploads = config.uploadPath();
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
        boolean isUpload = uploads.filter(exchange.request().path()::equals).isPresent();
        return isUpload ? limit : Math.min(limit, jsonLimit);
    }

    private static long announced(RoutingContext exchange) {
        String length = exchange.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
