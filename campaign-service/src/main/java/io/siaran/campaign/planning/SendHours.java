package io.siaran.campaign.planning;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * When the messages of a campaign may be sent, by the clock of its zone. Pure. A time of day that a change of clocks skips
 * is moved on by its gap.
 *
 * @param from inclusive
 * @param until exclusive, later on the same day; null: midnight
 * @param days at least one
 */
record SendHours(LocalTime from, LocalTime until, Set<DayOfWeek> days, ZoneId zone) {

    /** Empty where the campaign may be sent at any time. */
    static Optional<SendHours> of(CampaignTerms terms) {
        if (terms.sendFrom() == null && terms.sendUntil() == null && terms.weekdays() == null) {
            return Optional.empty();
        }
        LocalTime opening = terms.sendUntil() == null ? LocalTime.MIDNIGHT : terms.timeSchedule();
        return Optional.of(new SendHours(
                Objects.requireNonNullElse(terms.sendFrom(), opening),
                terms.sendUntil(),
                terms.weekdays() == null ? EnumSet.allOf(DayOfWeek.class) : Recurrence.days(terms.weekdays()),
                terms.timeZone()));
    }

    boolean areNow(Instant now) {
        LocalDate today = day(now);
        return days.contains(today.getDayOfWeek()) && !now.isBefore(begin(today)) && now.isBefore(end(today));
    }

    /** The next moment at which they begin or end. */
    Instant turnAfter(Instant now) {
        LocalDate day = day(now);
        while (!days.contains(day.getDayOfWeek()) || !end(day).isAfter(now)) {
            day = day.plusDays(1);
        }
        return begin(day).isAfter(now) ? begin(day) : end(day);
    }

    /** The next moment at which they end or begin again; null: never. Days that meet at midnight are one stretch. */
    Instant changeAfter(Instant now) {
        boolean open = areNow(now);
        Instant turn = turnAfter(now);
        for (int further = 0; areNow(turn) == open; further++) {
            if (further == DayOfWeek.values().length) {
                return null;
            }
            turn = turnAfter(turn);
        }
        return turn;
    }

    /** Whether they are at that moment, or begin before the limit; null: there is none. */
    boolean comeFrom(Instant moment, Instant limit) {
        Instant first = areNow(moment) ? moment : turnAfter(moment);
        return limit == null || first.isBefore(limit);
    }

    private LocalDate day(Instant now) {
        return now.atZone(zone).toLocalDate();
    }

    private Instant begin(LocalDate day) {
        return day.atTime(from).atZone(zone).toInstant();
    }

    private Instant end(LocalDate day) {
        return until == null
                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                : day.atTime(until).atZone(zone).toInstant();
    }
}
