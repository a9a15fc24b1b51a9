package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** The words of Evolution API: nothing that it tells is signed. */
final class EvolutionDialect implements Dialect {

    static final String PLATFORM = "evolution";

    @Override
    public String platform() {
        return PLATFORM;
    }

    static String jid(String phone) {
        return Numbers.digits(phone) + "@s.whatsapp.net";
    }

    @Override
    public Answer accepted(Message message, String id) {
        return Answer.json(
                201,
                new JsonObject()
                        .put("key", key(jid(message.phone()), true, id))
                        .put("pushName", "")
                        .put("status", "PENDING")
                        .put("message", new JsonObject().put("conversation", message.text()))
                        .put("messageTimestamp", Instant.now().getEpochSecond()));
    }

    static JsonObject key(String jid, boolean fromMe, String id) {
        return new JsonObject().put("remoteJid", jid).put("fromMe", fromMe).put("id", id);
    }

    @Override
    public Answer refused(Refusal refusal, Message message) {
        return switch (refusal) {
            case CREDENTIAL -> no(401, "Unauthorized", "Unauthorized");
            case DISCONNECTED -> no(500, "Internal Server Error", "Connection Closed");
            case RATE_LIMITED -> no(429, "Too Many Requests", "rate-overlimit");
            case SERVER_ERROR -> no(500, "Internal Server Error", "could not prepare the message, not sent");
            case MAINTENANCE -> no(503, "Service Unavailable", "maintenance");
            case UNKNOWN_NUMBER -> absent(message.phone());
            case TIMELOCK -> no(500, "Internal Server Error", "server returned error 463");
            case BANNED -> no(500, "Internal Server Error", "your account has been blocked");
            case MEDIA -> no(400, "Bad Request", "Request failed with status code 404");
        };
    }

    static Answer no(int status, String error, String words) {
        return no(status, error, new JsonArray().add(words));
    }

    private static Answer no(int status, String error, JsonArray message) {
        return Answer.json(
                status,
                new JsonObject()
                        .put("status", status)
                        .put("error", error)
                        .put("response", new JsonObject().put("message", message)));
    }

    /** Nested as the real one nests it. */
    private static Answer absent(String phone) {
        JsonObject who =
                new JsonObject().put("exists", false).put("jid", jid(phone)).put("number", Numbers.digits(phone));
        return no(400, "Bad Request", new JsonArray().add(new JsonArray().add(who)));
    }

    static Answer unlicensed() {
        return Answer.json(
                503,
                new JsonObject()
                        .put("status", 503)
                        .put("code", "LICENSE_REQUIRED")
                        .put("message", "this server is not activated"));
    }

    @Override
    public Optional<JsonObject> receipt(Sent sent, Receipt receipt) {
        String chat = sent.lid() == null ? jid(sent.message().phone()) : sent.lid() + "@lid";
        return Optional.of(event(
                "messages.update",
                sent.message().device(),
                new JsonObject()
                        .put("keyId", sent.id())
                        .put("remoteJid", chat)
                        .put("fromMe", true)
                        .put("status", status(receipt))));
    }

    private static String status(Receipt receipt) {
        return switch (receipt) {
            case SENT -> "SERVER_ACK";
            case DELIVERED -> "DELIVERY_ACK";
            case READ -> "READ";
            case REFUSED -> "ERROR";
        };
    }

    @Override
    public JsonObject inbound(Reply reply, String lid) {
        String person = reply.lidOnly() ? lid + "@lid" : jid(reply.phone());
        String chat = reply.group() ? "120363000000000000@g.us" : person;
        return event(
                "messages.upsert",
                reply.device(),
                new JsonObject()
                        .put("key", key(chat, reply.fromMe(), reply.id()))
                        .put("pushName", "Ani")
                        .put("message", new JsonObject().put("conversation", reply.text()))
                        .put("messageType", "conversation")
                        .put("messageTimestamp", Instant.now().getEpochSecond()));
    }

    @Override
    public Optional<JsonObject> connection(String device, Status status) {
        boolean open = status == Status.CONNECTED;
        return Optional.of(event(
                "connection.update",
                device,
                new JsonObject().put("state", open ? "open" : "close").put("statusReason", open ? 200 : 401)));
    }

    private static JsonObject event(String name, String instance, JsonObject data) {
        return new JsonObject()
                .put("event", name)
                .put("instance", instance)
                .put("data", data)
                .put("sender", "60110000000@s.whatsapp.net")
                .put("date_time", Instant.now().toString())
                .put("apikey", "sim-evolution");
    }
}
