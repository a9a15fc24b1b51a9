package io.siaran.gateway.callback;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.rest.WaitingLine;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Bounds the callbacks that are in the works at once, of all platforms together. Without it each took some 20 kB while it waited
 * for the database, and a burst of some thousands took the whole heap and the process with it.
 */
@ApplicationScoped
class CallbackCrowd {

    private static final int ORDER = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 3;
    private static final Duration LATER = Duration.ofSeconds(2);

    private final WaitingLine line;

    CallbackCrowd(ObjectMapper mapper, CallbackConfig config) {
        this.line = new WaitingLine(mapper, config.atOnce(), config.waiting(), LATER);
    }

    void register(@Observes Router router) {
        router.post("/api/v1/callbacks/*").order(ORDER).handler(line);
    }
}
