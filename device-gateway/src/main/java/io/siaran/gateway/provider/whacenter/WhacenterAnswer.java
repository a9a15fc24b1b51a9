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
        return verdict.booleanValue() ? connection(body.at("/data/status").asText("unknown")) : refusal(answer, body);
    }

    private static Health connection(String status) {
        return status.equalsIgnoreCase("connected")
                ? new Health.Connected()
                : new Health.NotConnected(PlatformAnswer.words(status));
    }

    /** An empty list where its data would be: it knows no such device. Any other no says nothing of the device. */
    private static Health refusal(PlatformAnswer answer, JsonNode body) {
        String shown = PlatformAnswer.words(words(body));
        return WORDS.refusal(words(body))
                .<Health>map(cause -> Health.refusal(cause, shown))
                .orElseGet(() -> body.path("data").isArray()
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
