package io.siaran.gateway.provider.wablas;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.RefusalWords;
import io.siaran.gateway.provider.SendOutcome;

/** What Wablas answered, and what it means. */
final class WablasAnswer {

    private static final RefusalWords WORDS = RefusalWords.of(WablasAnswer.class);

    private WablasAnswer() {}

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
            return WORDS.outcome(answer, body.path("message").asText(""));
        }
        return answer.isSuccess()
                ? new SendOutcome.Accepted(body.at("/data/messages/0/id").asText(null))
                : new SendOutcome.Unknown("HTTP " + answer.status() + " with a success");
    }

    static Health health(PlatformAnswer answer) {
        JsonNode body = answer.json();
        JsonNode verdict = body.path("status");
        if (answer.status() == 429 || !verdict.isBoolean()) {
            return answer.unreadableHealth();
        }
        if (!verdict.booleanValue()) {
            return refusal(answer, body.path("message").asText(""));
        }
        JsonNode status = body.at("/data/status");
        return status.isTextual() ? connection(status.asText()) : answer.unreadableHealth();
    }

    private static Health connection(String status) {
        return status.equals("connected")
                ? new Health.Connected()
                : new Health.NotConnected(PlatformAnswer.words(status));
    }

    /** A no that blames the device; any other, as "maintenance", says nothing of it. */
    private static Health refusal(PlatformAnswer answer, String words) {
        String shown = PlatformAnswer.words(words);
        return WORDS.refusal(words)
                .<Health>map(cause -> Health.refusal(cause, shown))
                .orElseGet(() -> new Health.CannotBeAsked("HTTP " + answer.status() + ": " + shown, answer.asked()));
    }
}
