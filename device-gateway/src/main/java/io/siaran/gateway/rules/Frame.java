package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What the rules say for as long as they say the same: what a turn's transaction compares with the database's clock and
 * the device's counters.
 *
 * @param from inclusive
 * @param until exclusive; not after {@code from} when nothing may be said now
 * @param day the local day; what is said on it is counted even where nothing caps it, for the cap that may come
 * @param dailyCap messages on that day, or null
 * @param dailyReason which rule {@code dailyCap} comes from
 * @param hourlyCap messages within any hour, or null
 */
public record Frame(
        Instant from, Instant until, LocalDate day, Integer dailyCap, DeferReason dailyReason, Integer hourlyCap) {}
