package io.siaran.localstack.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** What a platform answers, whole. */
record Answer(int status, String type, String body, Map<String, String> headers) {

    static Answer json(int status, JsonObject body) {
        return new Answer(status, "application/json", body.encode(), Map.of());
    }

    static Answer json(int status, JsonArray body) {
        return new Answer(status, "application/json", body.encode(), Map.of());
    }

    /** What a proxy before the platform says. */
    static Answer html(int status, String title) {
        String page = "<html><head><title>%1$d %2$s</title></head><body><h1>%1$d %2$s</h1></body></html>";
        return new Answer(status, "text/html", page.formatted(status, title), Map.of());
    }

    Answer with(String header, String value) {
        return new Answer(status, type, body, Map.of(header, value));
    }

    void to(RoutingContext ctx) {
        begin(ctx);
        ctx.end(body);
    }

    /** Half of it at once, the rest after the pause. */
    void slowlyTo(RoutingContext ctx, long pauseMs) {
        int half = body.length() / 2;
        begin(ctx);
        ctx.response().setChunked(true);
        ctx.response().write(body.substring(0, half));
        after(ctx, pauseMs, () -> ctx.end(body.substring(half)));
    }

    static void after(RoutingContext ctx, long pauseMs, Runnable action) {
        ctx.vertx().setTimer(Math.max(1, pauseMs), _ -> action.run());
    }

    private void begin(RoutingContext ctx) {
        ctx.response().setStatusCode(status).putHeader("Content-Type", type);
        headers.forEach(ctx.response()::putHeader);
    }
}
