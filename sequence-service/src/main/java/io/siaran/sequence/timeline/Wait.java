package io.siaran.sequence.timeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;

/**
 * How long a step waits after the one before it was sent (the first one: after enrolment).
 *
 * @param delay zero or more
 * @param sendAt local time of day that the step is moved to, or null
 */
public record Wait(Duration delay, LocalTime sendAt) {

    private static final BigDecimal MILLIS_AN_HOUR = BigDecimal.valueOf(3_600_000);
    private static final Duration HALF_A_DAY = Duration.ofHours(12);
    private static final Duration FOR_THE_FIRST = Duration.ZERO;
    private static final Duration FOR_THE_OTHERS = Duration.ofHours(24);

    public Wait {
        Objects.requireNonNull(delay, "delay");
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a wait is not negative");
        }
    }

    /**
     * As authored.
     *
     * @param hours {@code trigger_delay_hours}, or null: none for the first step of an enrolment, 24 for the others
     */
    public static Wait of(BigDecimal hours, LocalTime sendAt, boolean first) {
        if (hours == null) {
            return new Wait(first ? FOR_THE_FIRST : FOR_THE_OTHERS, sendAt);
        }
        long millis =
                hours.multiply(MILLIS_AN_HOUR).setScale(0, RoundingMode.HALF_UP).longValueExact();
        return new Wait(Duration.ofMillis(millis), sendAt);
    }

    /**
     * When the step is due.
     *
     * <p>With a {@code sendAt} this is that time of day nearest to the end of the delay, except that never more than half
     * of the delay is given up, so a zero delay never goes back. Nearest, because a paced queue sends the 9 o'clock step
     * of its last contact hours after 9: its follower still belongs to 9 o'clock of the next day, not of the day after.
     * A local time that the clocks skip comes later by what they skip; one that they show twice is taken the first time.
     *
     * @param previous when the step before was really sent
     */
    public Instant after(Instant previous, ZoneId zone) {
        Instant due = previous.plus(delay);
        return sendAt == null ? due : firstSendAtFrom(due.minus(slack()), zone);
    }

    private Duration slack() {
        Duration half = delay.dividedBy(2);
        return half.compareTo(HALF_A_DAY) < 0 ? half : HALF_A_DAY;
    }

    private Instant firstSendAtFrom(Instant earliest, ZoneId zone) {
        LocalDate day = earliest.atZone(zone).toLocalDate();
        Instant candidate = at(day, zone);
        while (candidate.isBefore(earliest)) {
            day = day.plusDays(1);
            candidate = at(day, zone);
        }
        return candidate;
    }

    private Instant at(LocalDate day, ZoneId zone) {
        return day.atTime(sendAt).atZone(zone).toInstant();
    }
}
