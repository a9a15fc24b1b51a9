package io.siaran.gateway.provider.whacenter;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.RefusalWords;
import io.siaran.gateway.provider.SendOutcome;

/** What Whacenter answered, and what it means. */
final class WhacenterAnswer {

    private static final RefusalWords WORDS = RefusalWords.of(WhacenterAnswer.class);

    private WhacenterAnswer() {}

    static SendOutcome outcome(PlatformAnswer answer) {
        if (answer.status() == 429) {
            return new SendOutcome.RateLimited(answer.pause());
        }
        if (answer.isOfOneWhoGaveUp()) {
            return answer.unreadable();
        }
        JsonNode body = answer.json();
        JsonNode verdict = body.path("status");
        if (!verdict.isBoolean()) {
            return answer.unreadable();
        }
        if (!verdict.booleanValue()) {
            return WORDS.outcome(answer, words(body));
        }
        return answer.isSuccess()
                ? new SendOutcome.Accepted(body.at("/data/id").asText(null))
                : new SendOutcome.Unknown("HTTP " + answer.status() + " with a success");
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        JsonNode verdict = body.path("status");
        if (answer.status() == 429 || !verdict.isBoolean()) {
            return answer.unreadableHealth();
        }
        if (!verdict.booleanValue()) {
            return refusal(answer, body);
        }
        JsonNode status = body.at("/data/status");
        return status.isTextual() ? connection(status.asText()) : answer.unreadableHealth();
    }

    private static Health connection(String status) {
        return status.equalsIgnoreCase("connected")
                ? new Health.Connected()
                : new Health.NotConnected(PlatformAnswer.words(status));
    }

    /**
     * A no without a word and with an empty list where its data would be: it knows no such device. The empty list comes with
     * every no, so any other words, as "maintenance", say nothing of the device.
     */
    private static Health refusal(PlatformAnswer answer, JsonNode body) {
        String words = words(body);
        String shown = PlatformAnswer.words(words);
        boolean knowsNothing =
                answer.isSuccess() && words.isBlank() && body.path("data").isArray();
        return WORDS.refusal(words)
                .<Health>map(cause -> Health.refusal(cause, shown))
                .orElseGet(() -> knowsNothing
                        ? new Health.Refused(RefusalCause.UNKNOWN_DEVICE, shown)
                        : new Health.CannotBeAsked("HTTP " + answer.status() + ": " + shown, answer.asked()));
    }

    /** It calls them so or so. */
    private static String words(JsonNode body) {
        return body.hasNonNull("message")
                ? body.path("message").asText("")
                : body.path("msg").asText("");
    }
}
