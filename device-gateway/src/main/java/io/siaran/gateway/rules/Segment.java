package io.siaran.gateway.rules;

import io.siaran.model.DeferReason;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A stretch of time, within one local day, throughout which a calendar says the same.
 *
 * @param from inclusive
 * @param until exclusive
 * @param closed why nothing may be sent, empty when it may
 */
record Segment(Instant from, Instant until, LocalDate day, Optional<DeferReason> closed) {}
