package io.siaran.gateway.provider.whatsappweb.gowa;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.RefusalWords;
import io.siaran.gateway.provider.SendOutcome;
import java.time.Instant;
import java.util.Optional;

/** What gowa answered, and what it means: by its code, and where that says little by its words. */
final class GowaAnswer {

    private static final RefusalWords WORDS = RefusalWords.of(GowaAnswer.class);

    private GowaAnswer() {}

    static SendOutcome outcome(PlatformAnswer answer) {
        JsonNode body = answer.json();
        String code = body.path("code").asText("");
        if (code.isEmpty() || answer.isOfOneWhoGaveUp()) {
            return answer.unreadable();
        }
        String words = body.path("message").asText("");
        return switch (code) {
            case "SUCCESS" ->
                answer.isSuccess()
                        ? new SendOutcome.Accepted(
                                body.at("/results/message_id").asText(null))
                        : new SendOutcome.Unknown("HTTP " + answer.status() + " with a success");
            case "INVALID_JID" -> new SendOutcome.NotOnWhatsApp(PlatformAnswer.words(words));
            case "WA_REACHOUT_TIMELOCK" ->
                new SendOutcome.DeviceRefused(RefusalCause.TIMELOCK, PlatformAnswer.words(words), until(answer));
            case "DEVICE_MANAGER_UNAVAILABLE" -> new SendOutcome.NotSent(PlatformAnswer.words(words));
            case "GATEWAY_TIMEOUT" -> new SendOutcome.Unknown("HTTP " + answer.status() + ": it gave up waiting");
            default -> refusal(answer, code, words);
        };
    }

    private static SendOutcome refusal(PlatformAnswer answer, String code, String words) {
        return cause(code, words)
                .<SendOutcome>map(cause -> new SendOutcome.DeviceRefused(cause, PlatformAnswer.words(words), null))
                .orElseGet(() -> answer.status() == 429
                        ? new SendOutcome.RateLimited(answer.pause())
                        : WORDS.outcome(answer, words));
    }

    /** Why the device is refused; empty where it is not. */
    private static Optional<RefusalCause> cause(String code, String words) {
        return switch (code) {
            case "AUTHENTICATION_ERROR" -> WORDS.refusal(words).or(() -> Optional.of(RefusalCause.CREDENTIAL));
            case "DEVICE_NOT_FOUND" -> Optional.of(RefusalCause.UNKNOWN_DEVICE);
            default -> Optional.empty();
        };
    }

    private static Instant until(PlatformAnswer answer) {
        return answer.retryAfter() == null ? null : answer.at().plus(answer.pause());
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        String code = body.path("code").asText("");
        String words = PlatformAnswer.words(body.path("message").asText(""));
        JsonNode connected = body.at("/results/is_connected");
        JsonNode loggedIn = body.at("/results/is_logged_in");
        if (connected.isBoolean() && loggedIn.isBoolean()) {
            return !loggedIn.booleanValue()
                    ? new Health.NotConnected("not logged in: scan the code")
                    : connected.booleanValue() ? new Health.Connected() : new Health.NotConnected("not connected");
        }
        return cause(code, words)
                .<Health>map(cause -> Health.refusal(cause, words))
                .orElseGet(answer::unreadableHealth);
    }

    static Presence presence(PlatformAnswer answer) {
        JsonNode on = answer.json().at("/results/is_on_whatsapp");
        if (!answer.isSuccess() || !on.isBoolean()) {
            return Presence.CANNOT_BE_ASKED;
        }
        return on.booleanValue() ? Presence.ON_WHATSAPP : Presence.NOT_ON_WHATSAPP;
    }

    static Lookup.Finding found(PlatformAnswer answer, Lookup.Sought sought) {
        JsonNode messages = answer.json().at("/results/data");
        if (!answer.isSuccess() || !messages.isArray()) {
            return new Lookup.Finding.CannotBeAsked("HTTP " + answer.status());
        }
        return Lookup.match(
                messages,
                sought,
                entry -> new Lookup.Entry(
                        entry.path("id").asText(""),
                        entry.path("is_from_me").asBoolean(),
                        entry.path("content").asText(""),
                        CallbackJson.time(entry.path("timestamp"))));
    }
}
