package io.siaran.gateway.provider.whatsappweb.bridge;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackEvent.Receipt.Fate;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.util.Optional;

/**
 * What the bridge tells: receipts, replies and the state of the connection, in order, signed. An event that says nothing to us
 * is passed over, even where there is no other: the bridge would tell it again for ever, and hold back what follows.
 */
final class BridgeCallbacks implements CallbackReading {

    private static final int MOST_EVENTS = 1_000;

    @Override
    public Verification verification() {
        return new Verification.Signature(
                "HmacSHA256", "X-Siaran-Signature", "sha256=", Optional.of("X-Siaran-Timestamp"));
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body).path("events");
        if (!told.isArray() || told.size() > MOST_EVENTS) {
            throw new UnreadableCallback("no list of events");
        }
        return Parsed.each(told, BridgeCallbacks::read);
    }

    private static Optional<CallbackEvent> read(JsonNode event) {
        return switch (event.path("kind").asText("")) {
            case "message" -> Optional.of(inbound(event));
            case "receipt" -> receipt(event);
            case "connection" -> Optional.of(connection(event));
            default -> Optional.empty();
        };
    }

    private static CallbackEvent inbound(JsonNode event) {
        String phone = CallbackJson.text(event.path("phone"));
        String lid = CallbackJson.text(event.path("lid"));
        Contact from = Contact.of(phone + "@s.whatsapp.net", lid + "@lid");
        if (from.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        String type = CallbackJson.text(event.path("type"));
        boolean isText = type.equals("conversation") || type.equals("extendedText");
        return new CallbackEvent.Inbound(
                CallbackJson.id(event.path("wa_id")),
                from,
                null,
                CallbackJson.text(event.path("text")),
                isText ? "text" : type,
                at(event));
    }

    private static Optional<CallbackEvent> receipt(JsonNode event) {
        Optional<Fate> fate = switch (event.path("type").asText("")) {
            case "delivered" -> Optional.of(Fate.DELIVERED);
            case "read", "played" -> Optional.of(Fate.READ);
            default -> Optional.empty();
        };
        return fate.map(known -> new CallbackEvent.Receipt(
                CallbackJson.id(event.path("wa_id")),
                ourId(event),
                known,
                Contact.ofPhone(CallbackJson.text(event.path("recipient"))),
                at(event),
                null));
    }

    private static Optional<MessageId> ourId(JsonNode event) {
        try {
            return Optional.of(MessageId.of(CallbackJson.text(event.path("message_id"))));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static CallbackEvent connection(JsonNode event) {
        Health health = BridgeAnswer.health(new PlatformAnswer(200, null, event.toString(), Instant.EPOCH));
        return new CallbackEvent.ConnectionChange(CallbackJson.id(event.path("id")), health, at(event));
    }

    private static Optional<Instant> at(JsonNode event) {
        return CallbackJson.time(event.path("at"));
    }
}
