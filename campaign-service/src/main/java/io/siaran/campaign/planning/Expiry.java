package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * How long after its planned time a message may still be sent.
 *
 * @param after positive; null: for ever
 */
public record Expiry(Duration after) {

    /** What is added to a time stays a time, in Java and in PostgreSQL. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    static final Expiry DEFAULT = new Expiry(Duration.ofDays(7));

    private static final String NONE = "none";
    private static final String EXPECTED = "must be a positive duration by ISO 8601, like P7D or PT12H, or none";

    public Expiry {
        if (after != null && !after.isPositive()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (after != null && after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most 10 years (P3650D), or none");
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Expiry of(String text) {
        try {
            return new Expiry(NONE.equals(text) ? null : Duration.parse(text));
        } catch (DateTimeException notIso) {
            throw new IllegalArgumentException(EXPECTED, notIso);
        }
    }

    /** Null: never. */
    public Instant of(Instant planned) {
        return after == null ? null : planned.plus(after);
    }

    @JsonValue
    String text() {
        return after == null ? NONE : after.toString();
    }
}
