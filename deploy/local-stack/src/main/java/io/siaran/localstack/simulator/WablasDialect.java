package io.siaran.localstack.simulator;

import io.siaran.localstack.simulator.SimulatedDevices.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The words of Wablas. */
final class WablasDialect implements Dialect {

    static final String PLATFORM = "wablas";

    /** The device's own number, whichever it is. */
    private static final String SENDER = "60110000000";

    @Override
    public String platform() {
        return PLATFORM;
    }

    @Override
    public String newId() {
        return Ids.uuid();
    }

    @Override
    public Answer accepted(Message message, String id) {
        JsonObject entry = new JsonObject()
                .put("id", id)
                .put("phone", message.phone())
                .put("message", message.text())
                .put("status", "pending")
                .put("ref_id", message.refId());
        JsonObject data = new JsonObject()
                .put("device_id", message.device())
                .put("quota", 10_000)
                .put("messages", new JsonArray().add(entry));
        return Answer.json(
                200,
                success()
                        .put("message", "Message is pending and waiting to be processed")
                        .put("data", data));
    }

    @Override
    public Answer refused(Refusal refusal, Message message) {
        return switch (refusal) {
            case CREDENTIAL -> no(500, "token invalid or device expired");
            case DISCONNECTED -> no(200, "device disconnected, need to scan qr code again");
            case RATE_LIMITED -> no(429, "too many requests");
            case SERVER_ERROR -> no(500, "internal server error, message not sent");
            case MAINTENANCE -> no(200, "maintenance");
            case UNKNOWN_NUMBER -> no(200, "phone number not registered on whatsapp");
            case TIMELOCK -> no(200, "server returned error 463");
            case BANNED -> no(200, "your account has been blocked");
            case MEDIA -> no(200, "failed to download image");
        };
    }

    /** A readable no: it comes with status 200 as well as 500. */
    static Answer no(int status, String message) {
        return Answer.json(status, new JsonObject().put("status", false).put("message", message));
    }

    static Answer deviceInfo(String token, Status status) {
        JsonObject data = new JsonObject()
                .put("name", token)
                .put("serial", token.toUpperCase(Locale.ROOT))
                .put("sender", SENDER)
                .put("quota", 10_000)
                .put("expired_date", "2099-12-31")
                .put("active", true)
                .put("status", status.wire());
        return Answer.json(200, success().put("data", data));
    }

    @Override
    public Optional<JsonObject> receipt(Sent sent, Receipt receipt) {
        Message message = sent.message();
        return Optional.of(new JsonObject()
                .put("id", sent.id())
                .put("phone", sent.lid() == null ? message.phone() : sent.lid() + "@lid")
                .put("status", status(receipt))
                .put("note", receipt == Receipt.REFUSED ? "number is not on whatsapp" : "")
                .put("sender", SENDER)
                .put("deviceId", message.device()));
    }

    private static String status(Receipt receipt) {
        return switch (receipt) {
            case SENT -> "sent";
            case DELIVERED -> "delivered";
            case READ -> "read";
            case REFUSED -> "reject";
        };
    }

    @Override
    public JsonObject inbound(Reply reply, String lid) {
        return new JsonObject()
                .put("id", reply.id())
                .put("pushName", "Ani")
                .put("isGroup", reply.group())
                .put("message", reply.text())
                .put("phone", reply.lidOnly() ? lid + "@lid" : reply.phone())
                .put("messageType", "text")
                .put("file", "")
                .put("url", "")
                .put("deviceId", reply.device())
                .put("sender", SENDER)
                .put("isFromMe", reply.fromMe())
                .put("timestamp", Instant.now().getEpochSecond());
    }

    @Override
    public Optional<JsonObject> connection(String device, Status status) {
        return Optional.of(new JsonObject()
                .put("deviceId", device)
                .put("deviceName", device)
                .put("sender", SENDER)
                .put("status", status == Status.CONNECTED ? "connected" : "disconnected")
                .put("note", "")
                .put("timestamp", Instant.now().getEpochSecond()));
    }

    private static JsonObject success() {
        return new JsonObject().put("status", true);
    }
}
