package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The words of WAHA: ids with the chat in them, webhooks with a signature. */
final class WahaDialect implements Dialect {

    static final String PLATFORM = "waha";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Answer accepted(Message message, String id) {
        return Answer.json(
                201,
                new JsonObject()
                        .put("id", "true_" + chat(message.phone()) + "_" + id)
                        .put("timestamp", Instant.now().getEpochSecond())
                        .put("ack", 0)
                        .put("ackName", "PENDING"));
    }

    static String chat(String phone) {
        return Numbers.digits(phone) + "@c.us";
    }

    @Override
    public Answer refused(Refusal refusal, Message message) {
        return switch (refusal) {
            case CREDENTIAL -> no(401, "Unauthorized", "Unauthorized");
            case DISCONNECTED -> notWorking(message == null ? "" : message.device());
            case RATE_LIMITED -> no(429, "Too Many Requests", "ThrottlerException: Too Many Requests");
            case SERVER_ERROR -> no(500, "Internal Server Error", "could not serialise the message, not sent");
            case MAINTENANCE -> no(500, "Internal Server Error", "maintenance");
            case UNKNOWN_NUMBER -> no(500, "Internal Server Error", "recipient number is not on WhatsApp");
            case TIMELOCK -> no(500, "Internal Server Error", "server returned error 463");
            case BANNED -> no(500, "Internal Server Error", "your account has been blocked");
            case MEDIA -> no(500, "Internal Server Error", "Request failed with status code 404");
        };
    }

    static Answer no(int status, String error, String words) {
        return Answer.json(
                status,
                new JsonObject().put("statusCode", status).put("error", error).put("message", words));
    }

    static Answer notWorking(String session) {
        return Answer.json(
                422,
                new JsonObject()
                        .put("error", "Session status is not as expected. Try again later or restart the session")
                        .put("session", session)
                        .put("status", "SCAN_QR_CODE")
                        .put("expected", new JsonArray().add("WORKING")));
    }

    @Override
    public Optional<JsonObject> receipt(Sent sent, Receipt receipt) {
        String chat = sent.lid() == null ? chat(sent.message().phone()) : sent.lid() + "@lid";
        return Optional.of(event(
                "message.ack",
                sent.message().device(),
                new JsonObject()
                        .put("id", "true_" + chat + "_" + sent.id())
                        .put("from", "60110000000@c.us")
                        .put("to", chat)
                        .put("fromMe", true)
                        .put("ack", receipt == Receipt.REFUSED ? -1 : receipt.ordinal() + 1)
                        .put("ackName", ackName(receipt))));
    }

    private static String ackName(Receipt receipt) {
        return switch (receipt) {
            case SENT -> "SERVER";
            case DELIVERED -> "DEVICE";
            case READ -> "READ";
            case REFUSED -> "ERROR";
        };
    }

    @Override
    public JsonObject inbound(Reply reply, String lid) {
        String person = reply.lidOnly() ? lid + "@lid" : chat(reply.phone());
        String chat = reply.group() ? "120363000000000000@g.us" : person;
        return event(
                "message",
                reply.device(),
                new JsonObject()
                        .put("id", reply.fromMe() + "_" + chat + "_" + reply.id())
                        .put("timestamp", Instant.now().getEpochSecond())
                        .put("from", chat)
                        .put("fromMe", reply.fromMe())
                        .put("to", "60110000000@c.us")
                        .put("body", reply.text())
                        .put("hasMedia", false)
                        .put("_data", new JsonObject().put("notifyName", "Ani")));
    }

    @Override
    public Optional<JsonObject> connection(String device, Status status) {
        return Optional.of(event(
                "session.status",
                device,
                new JsonObject().put("status", status == Status.CONNECTED ? "WORKING" : "SCAN_QR_CODE")));
    }

    private static JsonObject event(String name, String session, JsonObject payload) {
        return new JsonObject()
                .put("id", "evt_" + Ids.uuid())
                .put("timestamp", System.currentTimeMillis())
                .put("event", name)
                .put("session", session)
                .put("me", new JsonObject().put("id", "60110000000@c.us"))
                .put("payload", payload);
    }

    @Override
    public Map<String, String> signature(String secret, byte[] body) {
        return Map.of(
                "X-Webhook-Request-Id", Ids.uuid(),
                "X-Webhook-Timestamp", Long.toString(System.currentTimeMillis()),
                "X-Webhook-Hmac", Signatures.hmac("HmacSHA512", secret, body),
                "X-Webhook-Hmac-Algorithm", "sha512");
    }
}
