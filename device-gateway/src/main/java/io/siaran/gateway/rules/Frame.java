package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What the rules say for as long as they say the same: what a turn's transaction compares with the database's clock and
 * the device's counters.
 *
 * @param from inclusive
 * @param until exclusive; not after {@code from} when nothing may be sent now
 * @param day the local day; what is sent on it is counted even without a cap, for a cap that may be set later
 * @param dailyCap messages on that day, or null
 * @param dailyReason which rule {@code dailyCap} comes from
 * @param hourlyCap messages within any hour, or null
 * @param firstContactCap people on that day whom the number never wrote to before, or null
 */
public record Frame(
        Instant from,
        Instant until,
        LocalDate day,
        Integer dailyCap,
        DeferReason dailyReason,
        Integer hourlyCap,
        Integer firstContactCap) {}
