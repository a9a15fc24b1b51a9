package io.siaran.gateway.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Hours at which nothing is sent, by the clock on the device's wall: an hour that a clock change repeats is quiet twice.
 *
 * @param days on which they begin; none means every day
 * @param from inclusive
 * @param until exclusive; not after {@code from} means on the next day, so equal times are twenty-four hours
 */
public record QuietHours(
        List<Weekday> days,
        @JsonFormat(pattern = "HH:mm") LocalTime from,
        @JsonFormat(pattern = "HH:mm") LocalTime until) {

    private static final LocalDate A_MONDAY = LocalDate.of(2024, 1, 1);

    public QuietHours {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        days = days == null || days.isEmpty() ? List.of(Weekday.values()) : List.copyOf(EnumSet.copyOf(days));
    }

    /** The whole of those days. */
    static QuietHours allDay(List<Weekday> days) {
        return new QuietHours(days, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
    }

    /** Whether they end never: twenty-four hours on every day. Of named days, from midnight until midnight is a whole day. */
    public boolean neverEnd() {
        return from.equals(until) && (!from.equals(LocalTime.MIDNIGHT) || days.size() == Weekday.values().length);
    }

    /** Whether all of these together leave no moment of any week in which something may be sent. */
    public static boolean coverEveryWeek(List<QuietHours> all) {
        List<LocalTime> boundaries = Stream.concat(
                        Stream.of(LocalTime.MIDNIGHT),
                        all.stream().flatMap(hours -> Stream.of(hours.from, hours.until)))
                .distinct()
                .toList();
        return IntStream.range(0, Weekday.values().length)
                .mapToObj(A_MONDAY::plusDays)
                .flatMap(day -> boundaries.stream().map(day::atTime))
                .allMatch(wall -> all.stream().anyMatch(hours -> hours.cover(wall)));
    }

    boolean cover(LocalDateTime wall) {
        LocalTime time = wall.toLocalTime();
        Weekday today = Weekday.of(wall.getDayOfWeek());
        boolean hasBegun = days.contains(today) && !time.isBefore(from);
        if (from.isBefore(until)) {
            return hasBegun && time.isBefore(until);
        }
        return hasBegun || (days.contains(today.before()) && time.isBefore(until));
    }
}
