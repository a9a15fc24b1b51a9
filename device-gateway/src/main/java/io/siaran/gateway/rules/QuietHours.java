package io.siaran.gateway.rules;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;

/**
 * Hours at which nothing is said, by the clock on the device's wall: an hour that a clock change repeats is quiet twice.
 *
 * @param days on which they begin; none means every day
 * @param from inclusive
 * @param until exclusive; not after {@code from} means on the next day, so equal times are a day and a night
 */
public record QuietHours(
        List<Weekday> days,
        @JsonFormat(pattern = "HH:mm") LocalTime from,
        @JsonFormat(pattern = "HH:mm") LocalTime until) {

    public QuietHours {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(until, "until");
        days = days == null || days.isEmpty() ? List.of(Weekday.values()) : List.copyOf(EnumSet.copyOf(days));
    }

    /** The whole of those days. */
    static QuietHours allDay(List<Weekday> days) {
        return new QuietHours(days, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT);
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
