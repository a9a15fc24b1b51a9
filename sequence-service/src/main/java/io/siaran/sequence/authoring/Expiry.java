package io.siaran.sequence.authoring;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/**
 * After how long an unsent message is given up, counted from when it was handed over for sending.
 *
 * @param duration null: never
 */
record Expiry(Duration duration) {

    /** What is added to a time stays a time, in Java and in PostgreSQL. */
    private static final Duration LONGEST = Duration.ofDays(3_650);

    static final Expiry DEFAULT = new Expiry(Duration.ofDays(7));
    private static final String NEVER = "none";

    Expiry {
        if (duration != null && duration.toSeconds() < 1) {
            throw new IllegalArgumentException("must be longer than a second");
        }
        if (duration != null && duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most 10 years (P3650D), or none");
        }
    }

    @JsonCreator
    static Expiry of(String text) {
        try {
            return new Expiry(NEVER.equals(text) ? null : Duration.parse(text));
        } catch (DateTimeParseException unreadable) {
            throw new IllegalArgumentException("must be a duration by ISO 8601, like P7D or PT12H, or none");
        }
    }

    static Expiry ofSeconds(Long seconds) {
        return new Expiry(seconds == null ? null : Duration.ofSeconds(seconds));
    }

    Long seconds() {
        return duration == null ? null : duration.toSeconds();
    }

    /** Whole days as days, which is how people write them. */
    @JsonValue
    String text() {
        if (duration == null) {
            return NEVER;
        }
        boolean wholeDays = duration.equals(Duration.ofDays(duration.toDays()));
        return wholeDays ? "P" + duration.toDays() + "D" : duration.toString();
    }
}
