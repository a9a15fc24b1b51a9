package io.siaran.gateway.provider.whatsappweb.evolution;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.RefusalWords;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.PhoneNumber;

/** What Evolution API answered, and what it means. */
final class EvolutionAnswer {

    private static final RefusalWords WORDS = RefusalWords.of(EvolutionAnswer.class);

    private EvolutionAnswer() {}

    static SendOutcome outcome(PlatformAnswer answer) {
        JsonNode body = answer.json();
        if (!body.isObject() || answer.isOfOneWhoGaveUp()) {
            return answer.unreadable();
        }
        if (answer.isSuccess()) {
            return body.path("key").isObject()
                    ? new SendOutcome.Accepted(body.at("/key/id").asText(null))
                    : new SendOutcome.Unknown("HTTP " + answer.status() + " without a key");
        }
        EvolutionRefusal refusal = EvolutionRefusal.of(body);
        return switch (answer.status()) {
            case 401, 403 -> refused(RefusalCause.CREDENTIAL, refusal);
            case 404 -> refused(RefusalCause.UNKNOWN_DEVICE, refusal);
            case 429 -> new SendOutcome.RateLimited(answer.pause());
            case 503 -> unavailable(answer, refusal);
            default ->
                refusal.saysNotOnWhatsApp()
                        ? new SendOutcome.NotOnWhatsApp("not on WhatsApp")
                        : WORDS.outcome(answer, refusal.words());
        };
    }

    /** A readable 503 comes before any work. */
    private static SendOutcome unavailable(PlatformAnswer answer, EvolutionRefusal refusal) {
        return refusal.lacksLicence()
                ? refused(RefusalCause.LICENCE, refusal)
                : new SendOutcome.NotSent("HTTP " + answer.status() + ": " + PlatformAnswer.words(refusal.words()));
    }

    private static SendOutcome refused(RefusalCause cause, EvolutionRefusal refusal) {
        return new SendOutcome.DeviceRefused(cause, PlatformAnswer.words(refusal.words()), null);
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        JsonNode state = body.at("/instance/state");
        if (answer.isSuccess() && state.isTextual()) {
            return connection(state.textValue());
        }
        if (!body.isObject()) {
            return answer.unreadableHealth();
        }
        EvolutionRefusal refusal = EvolutionRefusal.of(body);
        String words = PlatformAnswer.words(refusal.words());
        return switch (answer.status()) {
            case 401, 403 -> new Health.Refused(RefusalCause.CREDENTIAL, words);
            case 404 -> new Health.Refused(RefusalCause.UNKNOWN_DEVICE, words);
            case 503 ->
                refusal.lacksLicence() ? new Health.Refused(RefusalCause.LICENCE, words) : answer.unreadableHealth();
            default -> answer.unreadableHealth();
        };
    }

    static Health connection(String state) {
        return switch (state) {
            case "open" -> new Health.Connected();
            case "connecting" -> new Health.NotConnected("connecting, or waits for its QR code");
            default -> new Health.NotConnected("not connected");
        };
    }

    static Presence presence(PlatformAnswer answer, PhoneNumber number) {
        JsonNode first = answer.json().path(0);
        boolean isIt = first.path("number").asText("").replaceAll("[^0-9]", "").equals(number.digits());
        if (!answer.isSuccess() || !first.path("exists").isBoolean() || !isIt) {
            return Presence.CANNOT_BE_ASKED;
        }
        return first.path("exists").booleanValue() ? Presence.ON_WHATSAPP : Presence.NOT_ON_WHATSAPP;
    }

    static Lookup.Finding found(PlatformAnswer answer, Lookup.Sought sought) {
        JsonNode records = answer.json().at("/messages/records");
        if (!answer.isSuccess() || !records.isArray()) {
            return new Lookup.Finding.CannotBeAsked("HTTP " + answer.status());
        }
        return Lookup.match(
                records,
                sought,
                entry -> new Lookup.Entry(
                        entry.at("/key/id").asText(""),
                        entry.at("/key/fromMe").asBoolean(),
                        EvolutionText.of(entry.path("message")),
                        CallbackJson.time(entry.path("messageTimestamp"))));
    }
}
