package io.siaran.gateway.provider.whatsappweb.waha;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackEvent.Receipt.Fate;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import io.siaran.model.Limits;
import java.time.Instant;
import java.util.Optional;

/** What WAHA tells: receipts, replies and states of the session, signed. */
final class WahaCallbacks implements CallbackReading {

    @Override
    public Verification verification() {
        return new Verification.Signature("HmacSHA512", "X-Webhook-Hmac", "", Optional.empty());
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body);
        JsonNode payload = told.path("payload");
        return switch (told.path("event").asText("")) {
            case "" -> throw new UnreadableCallback("no event");
            case "message" -> Parsed.of(inbound(payload));
            case "message.ack" -> Parsed.of(receipt(payload, at(told, payload)));
            case "session.status" -> Parsed.of(connection(told, payload));
            default -> Parsed.of(Optional.empty());
        };
    }

    private static Optional<CallbackEvent> inbound(JsonNode payload) {
        String from = payload.path("from").asText("");
        if (payload.path("fromMe").asBoolean() || !Contact.isPerson(from)) {
            return Optional.empty();
        }
        Contact contact = Contact.of(
                from,
                payload.at("/_data/key/remoteJidAlt").asText(""),
                payload.at("/_data/key/senderPn").asText(""),
                payload.at("/_data/Info/SenderAlt").asText(""));
        if (contact.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        return Optional.of(new CallbackEvent.Inbound(
                id(payload.path("id")),
                contact,
                CallbackJson.text(payload.at("/_data/notifyName")),
                CallbackJson.text(payload.path("body")),
                payload.path("hasMedia").asBoolean() ? "media" : "text",
                CallbackJson.time(payload.path("timestamp"))));
    }

    private static Optional<CallbackEvent> receipt(JsonNode payload, Optional<Instant> at) {
        Optional<Fate> fate = fate(payload.path("ackName").asText(""));
        // Of our own message "from" is the device itself. Of somebody else's, "to" would be.
        Contact contact = Contact.of(
                payload.path("fromMe").asBoolean(true) ? payload.path("to").asText("") : "");
        String id = id(payload.path("id"));
        return fate.map(known -> new CallbackEvent.Receipt(
                id, Optional.empty(), known, contact, at, known == Fate.REFUSED ? "WhatsApp refused it" : null));
    }

    private static Optional<Fate> fate(String ackName) {
        return switch (ackName) {
            case "SERVER" -> Optional.of(Fate.SENT);
            case "DEVICE" -> Optional.of(Fate.DELIVERED);
            case "READ", "PLAYED" -> Optional.of(Fate.READ);
            case "ERROR" -> Optional.of(Fate.REFUSED);
            default -> Optional.empty();
        };
    }

    private static Optional<CallbackEvent> connection(JsonNode told, JsonNode payload) {
        String status = payload.path("status").asText("");
        if (status.isEmpty()) {
            throw new UnreadableCallback("no status");
        }
        return Optional.of(new CallbackEvent.ConnectionChange(
                CallbackJson.id(told.path("id")),
                WahaStatus.health(status),
                CallbackJson.time(told.path("timestamp"))));
    }

    private static String id(JsonNode node) {
        // A NUL cannot be stored, and an id of nothing else is none.
        String id = WahaId.of(node).orElse("").replace("\0", "");
        if (id.isEmpty() || id.length() > Limits.FOREIGN_ID) {
            throw new UnreadableCallback("no id");
        }
        return id;
    }

    private static Optional<Instant> at(JsonNode told, JsonNode payload) {
        return CallbackJson.time(payload.path("timestamp")).or(() -> CallbackJson.time(told.path("timestamp")));
    }
}
