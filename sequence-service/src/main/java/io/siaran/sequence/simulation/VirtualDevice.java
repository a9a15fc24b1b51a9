package io.siaran.sequence.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * A device that sends a while after each message is due, and never in its quiet hours; pure.
 *
 * @param quietFrom local time from which it is quiet, or null
 * @param quietUntil local time at which it goes on, or null
 */
record VirtualDevice(Duration pace, LocalTime quietFrom, LocalTime quietUntil, ZoneId zone) {

    /** When it sends what is due at this moment. */
    Instant sends(Instant due) {
        return afterQuietHours(due.plus(pace));
    }

    private Instant afterQuietHours(Instant moment) {
        if (quietFrom == null || quietFrom.equals(quietUntil)) {
            return moment;
        }
        ZonedDateTime local = moment.atZone(zone);
        if (!isQuiet(local.toLocalTime())) {
            return moment;
        }
        ZonedDateTime end = local.toLocalDate().atTime(quietUntil).atZone(zone);
        return (end.isAfter(local)
                        ? end
                        : local.toLocalDate().plusDays(1).atTime(quietUntil).atZone(zone))
                .toInstant();
    }

    private boolean isQuiet(LocalTime time) {
        boolean afterFrom = !time.isBefore(quietFrom);
        boolean beforeUntil = time.isBefore(quietUntil);
        return quietFrom.isBefore(quietUntil) ? afterFrom && beforeUntil : afterFrom || beforeUntil;
    }
}
