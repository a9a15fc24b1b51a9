package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The words of gowa: one envelope for all, webhooks with a signature, no news of the connection. */
final class GowaDialect implements Dialect {

    static final String PLATFORM = "gowa";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public Answer accepted(Message message, String id) {
        return ok(new JsonObject().put("message_id", id).put("status", "Message sent to " + message.phone()));
    }

    static Answer ok(Object results) {
        return Answer.json(
                200,
                new JsonObject()
                        .put("code", "SUCCESS")
                        .put("message", "Success")
                        .put("results", results));
    }

    static Answer no(int status, String code, String words) {
        return Answer.json(
                status,
                new JsonObject()
                        .put("status", status)
                        .put("code", code)
                        .put("message", words)
                        .putNull("results"));
    }

    @Override
    public Answer refused(Refusal refusal, Message message) {
        return switch (refusal) {
            case CREDENTIAL -> no(401, "AUTHENTICATION_ERROR", "Unauthorized");
            case DISCONNECTED -> no(401, "AUTHENTICATION_ERROR", "you are not logged in");
            case RATE_LIMITED -> no(429, "RATE_LIMITED", "too many requests");
            case SERVER_ERROR -> no(500, "INTERNAL_SERVER_ERROR", "failed to store the message, not sent");
            case MAINTENANCE -> no(503, "DEVICE_MANAGER_UNAVAILABLE", "device manager is not available");
            case UNKNOWN_NUMBER -> no(400, "INVALID_JID", "phone number is not on whatsapp");
            case TIMELOCK -> no(429, "WA_REACHOUT_TIMELOCK", "server returned error 463");
            case BANNED -> no(500, "INTERNAL_SERVER_ERROR", "your account has been blocked");
            case MEDIA -> no(500, "INTERNAL_SERVER_ERROR", "failed to download image");
        };
    }

    @Override
    public Answer timedOut() {
        return no(504, "GATEWAY_TIMEOUT", "request timed out after 45s");
    }

    @Override
    public Optional<JsonObject> receipt(Sent sent, Receipt receipt) {
        String type = switch (receipt) {
            case DELIVERED -> "delivered";
            case READ -> "read";
            case SENT, REFUSED -> null;
        };
        String chat =
                sent.lid() == null ? Numbers.digits(sent.message().phone()) + "@s.whatsapp.net" : sent.lid() + "@lid";
        return type == null
                ? Optional.empty()
                : Optional.of(event(
                        "message.ack",
                        sent.message().device(),
                        new JsonObject()
                                .put("ids", new JsonArray().add(sent.id()))
                                .put("chat_id", chat)
                                .put("from", chat)
                                .put("receipt_type", type)));
    }

    @Override
    public JsonObject inbound(Reply reply, String lid) {
        String person = reply.lidOnly() ? lid + "@lid" : Numbers.digits(reply.phone()) + "@s.whatsapp.net";
        return event(
                "message",
                reply.device(),
                new JsonObject()
                        .put("id", reply.id())
                        .put("chat_id", reply.group() ? "120363000000000000@g.us" : person)
                        .put("from", person)
                        .put("from_name", "Ani")
                        .put("timestamp", Instant.now().toString())
                        .put("is_from_me", reply.fromMe())
                        .put("body", reply.text()));
    }

    private static JsonObject event(String name, String device, JsonObject payload) {
        return new JsonObject()
                .put("event", name)
                .put("device_id", device)
                .put("timestamp", Instant.now().toString())
                .put("payload", payload);
    }

    @Override
    public Optional<JsonObject> connection(String device, Status status) {
        return Optional.empty();
    }

    @Override
    public Map<String, String> signature(String secret, byte[] body) {
        return Map.of("X-Hub-Signature-256", "sha256=" + Signatures.hmac("HmacSHA256", secret, body));
    }
}
