package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackEvent.Receipt.Fate;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.CallbackReading;
import io.siaran.gateway.provider.Contact;
import io.siaran.model.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What Evolution API tells: receipts, replies and states of the connection, without a signature. */
final class EvolutionCallbacks implements CallbackReading {

    private static final int MOST_ENTRIES = 1_000;

    /** The reasons with which WhatsApp ends a connection for good. */
    private static final int LOGGED_OUT = 401;

    private static final int FORBIDDEN = 403;

    @Override
    public Verification verification() {
        return new Verification.SecretPath();
    }

    @Override
    public Parsed read(String body) {
        JsonNode told = CallbackJson.object(body);
        String event = told.path("event").asText("").toLowerCase(Locale.ROOT).replace('_', '.');
        Optional<Instant> at = CallbackJson.time(told.path("date_time"));
        List<JsonNode> entries = entries(told.path("data"));
        return switch (event) {
            case "" -> throw new UnreadableCallback("no event");
            case "messages.upsert" -> each(entries, EvolutionCallbacks::inbound);
            case "messages.update" -> each(entries, data -> receipt(data, at));
            case "connection.update" -> each(entries, data -> connection(told, data, at));
            default -> Parsed.of(Optional.empty());
        };
    }

    private static Parsed each(List<JsonNode> entries, Function<JsonNode, Optional<CallbackEvent>> reading) {
        return Parsed.each(entries, reading).orUnreadable(entries.size());
    }

    /** One, or a list of them. */
    private static List<JsonNode> entries(JsonNode data) {
        if (data.size() > MOST_ENTRIES && data.isArray()) {
            throw new UnreadableCallback("too many entries");
        }
        return data.isArray() ? data.valueStream().toList() : List.of(data);
    }

    private static Optional<CallbackEvent> inbound(JsonNode data) {
        JsonNode key = data.path("key");
        String chat = key.path("remoteJid").asText("");
        if (key.path("fromMe").asBoolean() || !Contact.isPerson(chat)) {
            return Optional.empty();
        }
        Contact from = Contact.of(
                chat,
                key.path("remoteJidAlt").asText(""),
                key.path("senderPn").asText(""),
                key.path("senderLid").asText(""));
        if (from.isNobody()) {
            throw new UnreadableCallback("a message of nobody");
        }
        return Optional.of(new CallbackEvent.Inbound(
                CallbackJson.id(key.path("id")),
                from,
                CallbackJson.text(data.path("pushName")),
                EvolutionText.of(data.path("message")),
                data.path("messageType").asText("text"),
                CallbackJson.time(data.path("messageTimestamp"))));
    }

    private static Optional<CallbackEvent> receipt(JsonNode data, Optional<Instant> at) {
        JsonNode id = data.hasNonNull("keyId") ? data.path("keyId") : data.at("/key/id");
        String known = CallbackJson.id(id);
        boolean isOurs = !data.has("fromMe") || data.path("fromMe").asBoolean();
        return fate(data.path("status").asText(""))
                .filter(_ -> isOurs)
                .map(fate -> new CallbackEvent.Receipt(
                        known,
                        Optional.empty(),
                        fate,
                        Contact.of(data.path("remoteJid").asText("")),
                        at,
                        fate == Fate.REFUSED ? "WhatsApp refused it" : null));
    }

    private static Optional<Fate> fate(String status) {
        return switch (status) {
            case "SERVER_ACK" -> Optional.of(Fate.SENT);
            case "DELIVERY_ACK" -> Optional.of(Fate.DELIVERED);
            case "READ", "PLAYED" -> Optional.of(Fate.READ);
            case "ERROR" -> Optional.of(Fate.REFUSED);
            default -> Optional.empty();
        };
    }

    private static Optional<CallbackEvent> connection(JsonNode told, JsonNode data, Optional<Instant> at) {
        String state = data.path("state").asText("");
        if (state.isEmpty()) {
            throw new UnreadableCallback("no state");
        }
        int reason = data.path("statusReason").asInt(0);
        // It has no id: the same change at the same moment is the same news.
        String id = state + '@' + reason + '@' + CallbackJson.text(told.path("date_time"));
        return Optional.of(new CallbackEvent.ConnectionChange(
                id.substring(0, Math.min(id.length(), Limits.FOREIGN_ID)),
                health(state, reason),
                at,
                CallbackJson.text(told.path("date_time")).isBlank()));
    }

    private static Health health(String state, int reason) {
        if (state.equals("close") && reason == LOGGED_OUT) {
            return new Health.Refused(RefusalCause.LOGGED_OUT, "logged out: scan the code again");
        }
        if (state.equals("close") && reason == FORBIDDEN) {
            return new Health.Refused(RefusalCause.BANNED, "WhatsApp refuses the number");
        }
        return EvolutionAnswer.connection(state);
    }
}
