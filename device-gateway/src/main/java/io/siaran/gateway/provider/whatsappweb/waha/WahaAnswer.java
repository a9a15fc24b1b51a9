package io.siaran.gateway.provider.whatsappweb.waha;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackJson;
import io.siaran.gateway.provider.Contact;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.RefusalWords;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.model.PhoneNumber;
import java.util.Optional;

/** What WAHA answered, and what it means. */
final class WahaAnswer {

    private static final RefusalWords WORDS = RefusalWords.of(WahaAnswer.class);

    private WahaAnswer() {}

    static SendOutcome outcome(PlatformAnswer answer) {
        JsonNode body = answer.json();
        if (!body.isObject() || answer.isOfOneWhoGaveUp()) {
            return answer.unreadable();
        }
        if (answer.isSuccess()) {
            Optional<String> id = WahaId.of(body.path("id"));
            return id.isPresent() || body.has("timestamp")
                    ? new SendOutcome.Accepted(id.orElse(null))
                    : new SendOutcome.Unknown("HTTP " + answer.status() + " without an id");
        }
        String words = words(body);
        return switch (answer.status()) {
            case 401, 403 -> refused(RefusalCause.CREDENTIAL, words);
            case 404 -> refused(RefusalCause.UNKNOWN_DEVICE, words);
            case 422 -> notWorking(answer, body.path("status").asText(""), words);
            case 429 -> new SendOutcome.RateLimited(answer.pause());
            default -> WORDS.outcome(answer, words);
        };
    }

    /** The session is in another state than WORKING: nothing was sent. */
    private static SendOutcome notWorking(PlatformAnswer answer, String status, String words) {
        return switch (status) {
            case "STARTING" -> new SendOutcome.NotSent("the session is starting");
            case "SCAN_QR_CODE" -> refused(RefusalCause.LOGGED_OUT, "waits for its QR code");
            case "STOPPED", "FAILED" -> refused(RefusalCause.DISCONNECTED, "the session is " + status);
            default -> WORDS.outcome(answer, words);
        };
    }

    private static SendOutcome refused(RefusalCause cause, String words) {
        return new SendOutcome.DeviceRefused(cause, PlatformAnswer.words(words), null);
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        String words = PlatformAnswer.words(words(body));
        if (answer.isSuccess() && body.hasNonNull("status")) {
            return WahaStatus.health(body.path("status").asText());
        }
        return switch (answer.status()) {
            case 401, 403 -> new Health.Refused(RefusalCause.CREDENTIAL, words);
            case 404 ->
                body.isObject() ? new Health.Refused(RefusalCause.UNKNOWN_DEVICE, words) : answer.unreadableHealth();
            default -> answer.unreadableHealth();
        };
    }

    static Presence presence(PlatformAnswer answer) {
        JsonNode exists = answer.json().path("numberExists");
        if (!answer.isSuccess() || !exists.isBoolean()) {
            return Presence.CANNOT_BE_ASKED;
        }
        return exists.booleanValue() ? Presence.ON_WHATSAPP : Presence.NOT_ON_WHATSAPP;
    }

    static Optional<PhoneNumber> phone(PlatformAnswer answer) {
        return answer.isSuccess()
                ? Contact.of(answer.json().path("pn").asText("")).phone()
                : Optional.empty();
    }

    static Lookup.Finding found(PlatformAnswer answer, Lookup.Sought sought) {
        JsonNode messages = answer.json();
        if (!answer.isSuccess() || !messages.isArray()) {
            return new Lookup.Finding.CannotBeAsked("HTTP " + answer.status());
        }
        return Lookup.match(
                messages,
                sought,
                entry -> new Lookup.Entry(
                        WahaId.of(entry.path("id")).orElse(""),
                        entry.path("fromMe").asBoolean(),
                        entry.path("body").asText(""),
                        CallbackJson.time(entry.path("timestamp"))));
    }

    /** It calls them so or so, and wraps them. */
    private static String words(JsonNode body) {
        String wrapped = body.at("/exception/message").asText("");
        String error = body.path("error").asText("");
        String message = body.path("message").isArray()
                ? body.path("message").path(0).asText("")
                : body.path("message").asText("");
        return (message.isEmpty() ? error : message) + (wrapped.isEmpty() ? "" : ": " + wrapped);
    }
}
