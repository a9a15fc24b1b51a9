package io.siaran.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * {@code GET /q/health/live} on the port for callers: 200 while that port still answers. It says nothing else. Health in
 * detail and metrics are on the management port, but a probe there does not notice when the port for callers is stuck.
 */
@ApplicationScoped
class LiveProbe {

    private static final String PATH = "/q/health/live";

    void register(@Observes Router router) {
        router.get(PATH).handler(LiveProbe::answer);
    }

    private static void answer(RoutingContext exchange) {
        exchange.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end("{\"status\":\"UP\"}");
    }
}
