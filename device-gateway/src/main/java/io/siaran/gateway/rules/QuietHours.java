package io.siaran.gateway.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Hours at which nothing is sent, by the clock on the device's wall: an hour that a clock change repeats is quiet twice.
 *
 * @param days on which they begin; none means every day
 * @param from inclusive
 * @param until exclusive; not after {@code from} means on the next day, so equal times are twenty-four hours
 */
@Schema(description = "Hours at which nothing is sent, by the device's time zone.")
public record QuietHours(
        @Schema(
                nullable = true,
                description = "The days on which they begin; every day by default.",
                example = "[\"saturday\"]")
        List<Weekday> days,

        @Schema(required = true, pattern = TIME, description = "When they begin, as HH:MM.", example = "22:00")
        @JsonFormat(pattern = "HH:mm")
        LocalTime from,

        @Schema(
                required = true,
                pattern = TIME,
                description =
                        "When they end, as HH:MM; on the next day unless it is later than from. It differs from from, but"
                                + " for 00:00 until 00:00 of named days, which is a whole day.",
                example = "07:00")
        @JsonFormat(pattern = "HH:mm")
        LocalTime until) {

    private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private static final LocalDate A_MONDAY = LocalDate.of(2024, 1, 1);

    public QuietHours {
        if (from == null || until == null) {
            throw new IllegalArgumentException("needs from and until, as HH:MM");
        }
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
