package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/**
 * How long after its planned time a message may still be sent. In JSON an ISO 8601 duration, or {@code none}.
 *
 * @param after whole seconds, from one second to ten years; null: for ever
 */
public record Expiry(Duration after) {

    /** What is added to a time stays a time, in Java and in PostgreSQL. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    public static final Expiry DEFAULT = new Expiry(Duration.ofDays(7));
    public static final Expiry NEVER = new Expiry(null);

    private static final String NONE = "none";
    private static final String EXPECTED = "must be a positive duration by ISO 8601, like P7D or PT12H, or none";

    public Expiry {
        if (after != null && !after.isPositive()) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (after != null && after.getNano() != 0) {
            throw new IllegalArgumentException("must be of whole seconds");
        }
        if (after != null && after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most 10 years (P3650D), or none");
        }
    }

    /** Reads the text of JSON and of columns; throws {@link IllegalArgumentException} on anything else. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Expiry of(String text) {
        if (text != null && text.length() > Limits.DURATION) {
            throw new IllegalArgumentException(EXPECTED);
        }
        try {
            return NONE.equals(text) ? NEVER : new Expiry(Duration.parse(text));
        } catch (DateTimeException notIso) {
            throw new IllegalArgumentException(EXPECTED, notIso);
        }
    }

    /** From a column of seconds, in which null is for ever. */
    public static Expiry ofSeconds(Long seconds) {
        return seconds == null ? NEVER : new Expiry(Duration.ofSeconds(seconds));
    }

    /** For a column of seconds: null is for ever. */
    public Long seconds() {
        return after == null ? null : after.toSeconds();
    }

    /** When a message planned for then is given up; null: never. */
    public Instant of(Instant planned) {
        return after == null ? null : planned.plus(after);
    }

    /** Whole days as days, which is how people write them. */
    @JsonValue
    public String text() {
        if (after == null) {
            return NONE;
        }
        boolean wholeDays = after.equals(Duration.ofDays(after.toDays()));
        return wholeDays ? "P" + after.toDays() + "D" : after.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
