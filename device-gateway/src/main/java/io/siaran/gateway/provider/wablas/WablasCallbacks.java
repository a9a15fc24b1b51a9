package io.siaran.gateway.provider.wablas;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackEvent.Receipt.Fate;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.model.Limits;
import java.util.Locale;
import java.util.Optional;

/** What Wablas tells: receipts, replies and changes of the connection, each a body of its own, without a signature. */
final class WablasCallbacks implements CallbackReading {

    @Override
    public Verification verification() {
        return new Verification.SecretPath();
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body);
        if (told.has("message") || told.has("messageType")) {
            return Parsed.of(inbound(told));
        }
        if (!told.has("status")) {
            throw new UnreadableCallback("neither a message nor a status");
        }
        return Parsed.of(told.hasNonNull("id") ? receipt(told) : connection(told));
    }

    private static Optional<CallbackEvent> inbound(JsonNode told) {
        if (told.path("isGroup").asBoolean() || told.path("isFromMe").asBoolean()) {
            return Optional.empty();
        }
        Contact from = contact(told);
        if (from.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        return Optional.of(new CallbackEvent.Inbound(
                CallbackJson.id(told.path("id")),
                from,
                CallbackJson.text(told.path("pushName")),
                CallbackJson.text(told.path("message")),
                told.path("messageType").asText("text"),
                CallbackJson.time(told.path("timestamp"))));
    }

    private static Optional<CallbackEvent> receipt(JsonNode told) {
        String id = CallbackJson.id(told.path("id"));
        return fate(told.path("status").asText(""))
                .map(fate -> new CallbackEvent.Receipt(
                        id,
                        Optional.empty(),
                        fate,
                        contact(told),
                        CallbackJson.time(told.path("timestamp")),
                        fate == Fate.REFUSED ? note(told) : null));
    }

    private static Optional<Fate> fate(String status) {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "sent" -> Optional.of(Fate.SENT);
            case "delivered", "received" -> Optional.of(Fate.DELIVERED);
            case "read" -> Optional.of(Fate.READ);
            case "cancel", "rejected", "reject" -> Optional.of(Fate.REFUSED);
            default -> Optional.empty();
        };
    }

    private static Optional<CallbackEvent> connection(JsonNode told) {
        String status = told.path("status").asText("").toLowerCase(Locale.ROOT);
        if (!status.equals("connected") && !status.equals("disconnected")) {
            return Optional.empty();
        }
        Health health = status.equals("connected") ? new Health.Connected() : new Health.NotConnected("disconnected");
        // Wablas gives it no id: the same change at the same moment is the same news.
        String id =
                CallbackJson.id(told.path("deviceId").isMissingNode() ? told.path("sender") : told.path("deviceId"));
        String event = status + '@' + CallbackJson.text(told.path("timestamp")) + '@' + id;
        return Optional.of(new CallbackEvent.ConnectionChange(
                event.substring(0, Math.min(event.length(), Limits.FOREIGN_ID)),
                health,
                CallbackJson.time(told.path("timestamp")),
                CallbackJson.text(told.path("timestamp")).isBlank()));
    }

    private static Contact contact(JsonNode told) {
        String phone = CallbackJson.text(told.path("phone"));
        return phone.contains("@") ? Contact.of(phone) : Contact.ofPhone(phone);
    }

    private static String note(JsonNode told) {
        return PlatformAnswer.words(CallbackJson.text(told.path("note")));
    }
}
