package io.siaran.campaign.planning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * When a campaign may be triggered: from 10 minutes before its time to 10 minutes after, and later by its late policy.
 *
 * @param sendUntil the local time of day before which a late campaign may still go; null: until midnight
 */
record SendWindow(Instant planned, ZoneId zone, LatePolicy latePolicy, LocalTime sendUntil) {

    static final Duration EARLY = Duration.ofMinutes(10);
    static final Duration LATE = Duration.ofMinutes(10);

    Verdict at(Instant now) {
        if (now.isBefore(planned.minus(EARLY))) {
            return Verdict.NOT_YET;
        }
        boolean onTime = !now.isAfter(planned.plus(LATE));
        return onTime || latePolicy == LatePolicy.SEND && stillWanted(now) ? Verdict.DUE : Verdict.MISSED;
    }

    private boolean stillWanted(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        boolean sameDay = local.toLocalDate().equals(planned.atZone(zone).toLocalDate());
        return sameDay && (sendUntil == null || local.toLocalTime().isBefore(sendUntil));
    }

    enum Verdict {
        NOT_YET,
        DUE,
        MISSED
    }
}
