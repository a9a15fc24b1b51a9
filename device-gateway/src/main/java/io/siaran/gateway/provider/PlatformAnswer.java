package io.siaran.gateway.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import java.time.Duration;
import java.time.Instant;

/**
 * What a platform answered, unread.
 *
 * @param retryAfter the header of that name, or null
 * @param body as text, or null
 * @param at when it was read
 */
public record PlatformAnswer(int status, String retryAfter, String body, Instant at) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(60);
    private static final int LONGEST_DETAIL = 200;

    /** The body as JSON; a missing node where it is none. */
    public JsonNode json() {
        try {
            JsonNode answer = JSON.readTree(body == null ? "" : body);
            return answer == null ? JSON.missingNode() : answer;
        } catch (JsonProcessingException html) {
            return JSON.missingNode();
        }
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /**
     * Whether somebody on the way answered who lost patience or the connection (408, 502, 504): whatever the body says, the
     * platform behind it may have sent the message.
     */
    public boolean isOfOneWhoGaveUp() {
        return status == 408 || status == 502 || status == 504;
    }

    /** How long the platform asks to be left alone; a minute where it does not say. */
    public Duration pause() {
        return RetryAfter.of(retryAfter, at).orElse(USUAL_PAUSE);
    }

    /** The same where nothing is assumed: zero where it does not say. */
    public Duration asked() {
        return RetryAfter.of(retryAfter, at).orElse(Duration.ZERO);
    }

    /**
     * What a send's answer means whose body says nothing: only a 4xx tells that the request was refused; 408 tells that
     * somebody lost patience.
     */
    public SendOutcome unreadable() {
        String detail = "HTTP " + status + " without a readable answer";
        return switch (status) {
            case 429 -> new SendOutcome.RateLimited(pause());
            case 401, 403 -> new SendOutcome.DeviceRefused(RefusalCause.CREDENTIAL, detail, null);
            case 408 -> new SendOutcome.Unknown(detail);
            default -> status / 100 == 4 ? new SendOutcome.ProviderFailed(detail) : new SendOutcome.Unknown(detail);
        };
    }

    /** What the answer to a question means whose body says nothing. */
    public Health unreadableHealth() {
        String detail = "HTTP " + status + " without a readable answer";
        return switch (status) {
            case 401, 403 -> new Health.Refused(RefusalCause.CREDENTIAL, detail);
            case 429 -> new Health.CannotBeAsked("HTTP 429", pause());
            default -> new Health.CannotBeAsked(detail, asked());
        };
    }

    /** A platform's words for people to read, on one line; long digits are left out, since they may be a phone. */
    public static String words(String message) {
        String plain = message == null
                ? ""
                : message.replaceAll("\\d{5,}", "…")
                        .replaceAll("[\\s\\p{Cc}]+", " ")
                        .strip();
        return plain.isEmpty() ? "no reason given" : plain.substring(0, Math.min(plain.length(), LONGEST_DETAIL));
    }
}
