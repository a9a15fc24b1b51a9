package io.siaran.gateway.provider.wablas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.SendOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What Wablas answered, and what it means. Its documentation names few texts of failure; what no list below knows counts
 * as a failure that may pass.
 *
 * @param retryAfter the header of that name, or null
 */
record WablasAnswer(int status, String retryAfter, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_PAUSE = Duration.ofSeconds(60);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int LONGEST_DETAIL = 200;

    private static final List<String> DEVICE = List.of(
            "token invalid", "invalid token", "device expired", "disconnected", "scan qr", "not connected", "banned");
    private static final List<String> CONTACT = List.of(
            "not registered",
            "not on whatsapp",
            "phone number invalid",
            "invalid phone",
            "phone is invalid",
            "blocked");
    private static final List<String> THROTTLE = List.of("too many", "rate limit", "limit exceeded", "quota");

    static WablasAnswer of(PlatformAnswer answer) {
        return new WablasAnswer(answer.status(), answer.retryAfter(), answer.body());
    }

    SendOutcome toOutcome() {
        if (status == 429) {
            return new SendOutcome.RateLimited(pause());
        }
        JsonNode answer = parsed();
        JsonNode verdict = answer.path("status");
        if (!verdict.isBoolean()) {
            return unreadable();
        }
        if (!verdict.booleanValue()) {
            return refusal(answer.path("message").asText(""));
        }
        return status / 100 == 2
                ? new SendOutcome.Accepted(answer.at("/data/messages/0/id").asText(null))
                : new SendOutcome.Unknown("HTTP " + status + " with a success");
    }

    Health toHealth() {
        JsonNode answer = parsed();
        if (!answer.path("status").asBoolean(false)) {
            return new Health.NotConnected(words(answer.path("message").asText("HTTP " + status)));
        }
        String connection = answer.at("/data/status").asText("unknown");
        return connection.equals("connected") ? new Health.Connected() : new Health.NotConnected(words(connection));
    }

    private SendOutcome refusal(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (DEVICE.stream().anyMatch(words::contains)) {
            return new SendOutcome.DeviceRefused(words(message), null);
        }
        if (THROTTLE.stream().anyMatch(words::contains)) {
            return new SendOutcome.RateLimited(pause());
        }
        if (CONTACT.stream().anyMatch(words::contains)) {
            return new SendOutcome.ContactRejected(words(message));
        }
        return new SendOutcome.ProviderFailed("HTTP " + status + ": " + words(message));
    }

    /** Without a body to trust, only a 4xx says that the request was refused; 408 says that somebody lost patience. */
    private SendOutcome unreadable() {
        String detail = "HTTP " + status + " without a readable answer";
        return switch (status) {
            case 401, 403 -> new SendOutcome.DeviceRefused(detail, null);
            case 408 -> new SendOutcome.Unknown(detail);
            default -> status / 100 == 4 ? new SendOutcome.ProviderFailed(detail) : new SendOutcome.Unknown(detail);
        };
    }

    private Duration pause() {
        try {
            Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter == null ? "" : retryAfter.strip()));
            return asked.isNegative() || asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
        } catch (NumberFormatException noSeconds) {
            return USUAL_PAUSE;
        }
    }

    private JsonNode parsed() {
        try {
            JsonNode answer = JSON.readTree(body == null ? "" : body);
            return answer == null ? JSON.missingNode() : answer;
        } catch (JsonProcessingException html) {
            return JSON.missingNode();
        }
    }

    /** Digits are left out: a platform may repeat the phone. */
    private static String words(String message) {
        String plain = message.replaceAll("\\d{5,}", "…")
                .replaceAll("[\\s\\p{Cc}]+", " ")
                .strip();
        return plain.isEmpty() ? "no reason given" : plain.substring(0, Math.min(plain.length(), LONGEST_DETAIL));
    }
}
