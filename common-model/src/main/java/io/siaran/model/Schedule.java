package io.siaran.model;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;

/**
 * When a message may be sent.
 *
 * @param timeZone the zone whose calendar day of {@code at} the message is counted on
 * @param at never sent before
 * @param expiresAt not sent after; null: never expires
 */
public record Schedule(ZoneId timeZone, Instant at, Instant expiresAt) {

    public Schedule {
        Objects.requireNonNull(timeZone, "time_zone");
        Objects.requireNonNull(at, "scheduled_at");
    }
}
