package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** The words of Whacenter: it tells replies and nothing else. */
final class WhacenterDialect implements Dialect {

    @Override
    public String platform() {
        return "whacenter";
    }

    @Override
    public String newId() {
        return Long.toString(Ids.counted());
    }

    @Override
    public Answer accepted(Message message, String id) {
        return Answer.json(
                200,
                new JsonObject()
                        .put("status", true)
                        .put("message", "Message sent to queue")
                        .put("data", new JsonObject().put("id", Long.parseLong(id))));
    }

    /** It calls the words {@code message} here and {@code msg} there. */
    @Override
    public Answer refused(Refusal refusal, Message message) {
        return switch (refusal) {
            case CREDENTIAL, DISCONNECTED -> no(200, "message", "device not connected or not found");
            case RATE_LIMITED -> no(429, "message", "too many requests");
            case SERVER_ERROR -> no(500, "msg", "internal server error, message not sent");
            case MAINTENANCE -> no(200, "msg", "maintenance");
            case UNKNOWN_NUMBER -> no(200, "msg", "number not registered on whatsapp");
            case TIMELOCK -> no(200, "msg", "server returned error 463");
            case BANNED -> no(200, "message", "your account has been blocked");
            case MEDIA -> no(200, "msg", "failed to download file");
        };
    }

    static Answer no(int status, String name, String words) {
        return Answer.json(
                status, new JsonObject().put("status", false).put(name, words).put("data", new JsonArray()));
    }

    static Answer status(String device, Status status) {
        JsonObject data = new JsonObject()
                .put("status", status == Status.CONNECTED ? "CONNECTED" : "NOT CONNECTED")
                .put("nomor", "60110000000")
                .put("nama", device)
                .put("qr", status == Status.CONNECTED ? "done" : "timeout");
        return Answer.json(
                200, new JsonObject().put("status", true).put("message", "ok").put("data", data));
    }

    @Override
    public Optional<JsonObject> receipt(Sent sent, Receipt receipt) {
        return Optional.empty();
    }

    @Override
    public JsonObject inbound(Reply reply, String lid) {
        return new JsonObject()
                .put("pushName", "Ani")
                .put("from", reply.lidOnly() ? lid + "@lid" : reply.phone())
                .put("to", "60110000000")
                .put("message", reply.text())
                .put("media", "")
                .put("is_group", reply.group())
                .put("timestamp", Instant.now().getEpochSecond());
    }

    @Override
    public Optional<JsonObject> connection(String device, Status status) {
        return Optional.empty();
    }
}
