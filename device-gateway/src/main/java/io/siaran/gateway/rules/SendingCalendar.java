package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * When a device may send by the clock and the calendar on its wall. Between two moments at which the wall clock passes a
 * boundary, or jumps, the answer is the same: everything here walks from one such moment to the next.
 *
 * @param holidays local days on which nothing is sent
 */
record SendingCalendar(ZoneId zone, List<QuietHours> quiet, Set<LocalDate> holidays) {

    /** Where no moment is found in so many days, the calendar is asked again after them. */
    static final Duration HORIZON = Duration.ofDays(40);

    SendingCalendar {
        quiet = List.copyOf(quiet);
        holidays = Set.copyOf(holidays);
    }

    /** The stretch that this instant lies in. */
    Segment at(Instant instant) {
        TreeSet<Instant> changes = changesAround(instant);
        LocalDateTime wall = LocalDateTime.ofInstant(instant, zone);
        return new Segment(changes.floor(instant), changes.higher(instant), wall.toLocalDate(), closed(wall));
    }

    /** The first instant, not before this one, at which something may be sent; at most {@link #HORIZON} later. */
    Instant nextOpen(Instant from) {
        Instant limit = from.plus(HORIZON);
        Segment segment = at(from);
        Instant candidate = from;
        while (segment.closed().isPresent() && candidate.isBefore(limit)) {
            candidate = segment.until();
            segment = at(candidate);
        }
        return candidate.isBefore(limit) ? candidate : limit;
    }

    /** How long, from this instant on, something may be sent without a break, at most so long; no time where it is closed. */
    Duration openFrom(Instant from, Duration atMost) {
        Instant limit = from.plus(atMost);
        Instant end = from;
        Segment segment = at(from);
        while (segment.closed().isEmpty() && end.isBefore(limit)) {
            end = segment.until();
            segment = at(end);
        }
        return end.isBefore(limit) ? Duration.between(from, end) : atMost;
    }

    /** When that local day begins; where the clock skips its midnight, with the first moment after. */
    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private Optional<DeferReason> closed(LocalDateTime wall) {
        if (holidays.contains(wall.toLocalDate())) {
            return Optional.of(DeferReason.HOLIDAY);
        }
        return quiet.stream().anyMatch(hours -> hours.cover(wall))
                ? Optional.of(DeferReason.QUIET_HOURS)
                : Optional.empty();
    }

    /** Every moment of the days around it at which the answer may change, the nearest ones before and after included. */
    private TreeSet<Instant> changesAround(Instant instant) {
        LocalDate today = LocalDate.ofInstant(instant, zone);
        TreeSet<Instant> changes = new TreeSet<>();
        for (int day = -1; day <= 1; day++) {
            LocalDate date = today.plusDays(day);
            boundaries().map(date::atTime).forEach(wall -> addTo(changes, wall));
        }
        ZoneRules rules = zone.getRules();
        addTo(changes, rules.previousTransition(instant.plusNanos(1)));
        addTo(changes, rules.nextTransition(instant));
        return changes;
    }

    private Stream<LocalTime> boundaries() {
        return Stream.concat(
                        Stream.of(LocalTime.MIDNIGHT),
                        quiet.stream().flatMap(hours -> Stream.of(hours.from(), hours.until())))
                .distinct();
    }

    /** A wall time that comes twice is two moments, one that is skipped is none. */
    private void addTo(Set<Instant> changes, LocalDateTime wall) {
        for (ZoneOffset offset : zone.getRules().getValidOffsets(wall)) {
            changes.add(wall.toInstant(offset));
        }
    }

    private static void addTo(Set<Instant> changes, ZoneOffsetTransition jump) {
        if (jump != null) {
            changes.add(jump.getInstant());
        }
    }
}
