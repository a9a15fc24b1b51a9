package io.siaran.gateway.provider.whatsappweb.gowa;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackEvent.Receipt.Fate;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import java.time.Instant;
import java.util.Optional;

/** What gowa tells: receipts and replies, signed. It tells nothing of the connection. */
final class GowaCallbacks implements CallbackReading {

    /** Receipts of one callback: more than a chat that was opened after a long time has. */
    private static final int MOST_IDS = 1_000;

    @Override
    public Verification verification() {
        return new Verification.Signature("HmacSHA256", "X-Hub-Signature-256", "sha256=", Optional.empty());
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body);
        JsonNode payload = told.path("payload");
        return switch (told.path("event").asText("")) {
            case "" -> throw new UnreadableCallback("no event");
            case "message" -> Parsed.of(inbound(payload));
            case "message.ack" -> receipts(payload, time(told, payload));
            default -> Parsed.of(Optional.empty());
        };
    }

    private static Optional<CallbackEvent> inbound(JsonNode payload) {
        String chat = payload.path("chat_id").asText("");
        boolean isPersons = Contact.isPerson(chat) || !chat.contains("@");
        if (payload.path("is_from_me").asBoolean() || !isPersons) {
            return Optional.empty();
        }
        Contact from = Contact.of(
                payload.path("from").asText(""), payload.path("from_lid").asText(""), chat);
        if (from.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        return Optional.of(new CallbackEvent.Inbound(
                CallbackJson.id(payload.path("id")),
                from,
                CallbackJson.text(payload.path("from_name")),
                CallbackJson.text(payload.path("body")),
                payload.has("image") ? "image" : "text",
                CallbackJson.time(payload.path("timestamp"))));
    }

    private static Parsed receipts(JsonNode payload, Optional<Instant> at) {
        Optional<Fate> fate = fate(payload.path("receipt_type").asText(""));
        JsonNode ids = payload.path("ids");
        if (!ids.isArray() || ids.size() > MOST_IDS) {
            throw new UnreadableCallback("no list of ids");
        }
        Contact contact = Contact.of(
                payload.path("chat_id").asText(""), payload.path("from").asText(""));
        return Parsed.each(
                        ids,
                        id -> fate.map(known -> new CallbackEvent.Receipt(
                                CallbackJson.id(id), Optional.empty(), known, contact, at, null)))
                .orUnreadable(ids.size());
    }

    /** {@code sender} is another phone of our own, {@code retry} a key that was asked for again: no news of the message. */
    private static Optional<Fate> fate(String type) {
        return switch (type) {
            case "delivered" -> Optional.of(Fate.DELIVERED);
            case "read", "played" -> Optional.of(Fate.READ);
            default -> Optional.empty();
        };
    }

    private static Optional<Instant> time(JsonNode told, JsonNode payload) {
        return CallbackJson.time(payload.path("timestamp")).or(() -> CallbackJson.time(told.path("timestamp")));
    }
}
