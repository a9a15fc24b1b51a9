package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.UUID;

/** The answers of Wablas, word by word. */
final class WablasAnswers {

    private WablasAnswers() {}

    static void tokenInvalid(RoutingContext ctx) {
        refuse(ctx, 500, "token invalid or device expired");
    }

    static void disconnected(RoutingContext ctx) {
        refuse(ctx, 200, "device disconnected, need to scan qr code again");
    }

    static void rateLimited(RoutingContext ctx, int retryAfterSeconds) {
        ctx.response().putHeader("Retry-After", Integer.toString(retryAfterSeconds));
        refuse(ctx, 429, "too many requests");
    }

    /** A readable no: it comes with status 200 as well as 500. */
    static void refuse(RoutingContext ctx, int status, String message) {
        ctx.response().setStatusCode(status);
        answer(ctx, new JsonObject().put("status", false).put("message", message));
    }

    /** What a proxy before the platform says. */
    static void html(RoutingContext ctx, int status, String title) {
        String page = "<html><head><title>%1$d %2$s</title></head><body><h1>%1$d %2$s</h1></body></html>";
        ctx.response().setStatusCode(status).putHeader("Content-Type", "text/html");
        ctx.end(page.formatted(status, title));
    }

    static void accept(RoutingContext ctx, Delivery delivery) {
        answer(ctx, accepted(delivery));
    }

    /** Half of the answer at once, the rest after the pause. */
    static void acceptSlowly(RoutingContext ctx, Delivery delivery, long pauseMs) {
        String body = accepted(delivery).encode();
        int half = body.length() / 2;
        ctx.response().setChunked(true).putHeader("Content-Type", "application/json");
        ctx.response().write(body.substring(0, half));
        ctx.vertx().setTimer(Math.max(1, pauseMs), _ -> ctx.end(body.substring(half)));
    }

    private static JsonObject accepted(Delivery delivery) {
        JsonObject message = new JsonObject()
                .put("id", UUID.randomUUID().toString())
                .put("phone", delivery.phone())
                .put("message", delivery.text())
                .put("status", "pending")
                .put("ref_id", delivery.refId());
        JsonObject data = new JsonObject()
                .put("device_id", delivery.device())
                .put("quota", 10_000)
                .put("messages", new JsonArray().add(message));
        return success()
                .put("message", "Message is pending and waiting to be processed")
                .put("data", data);
    }

    static void deviceInfo(RoutingContext ctx, String token, Status status) {
        JsonObject data = new JsonObject()
                .put("name", token)
                .put("serial", token.toUpperCase(Locale.ROOT))
                .put("sender", "60110000000")
                .put("quota", 10_000)
                .put("expired_date", "2099-12-31")
                .put("active", true)
                .put("status", status.wire());
        answer(ctx, success().put("data", data));
    }

    private static JsonObject success() {
        return new JsonObject().put("status", true);
    }

    private static void answer(RoutingContext ctx, JsonObject body) {
        ctx.response().putHeader("Content-Type", "application/json");
        ctx.end(body.encode());
    }
}
