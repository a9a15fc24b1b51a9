package io.siaran.dispatch.control;

import java.time.Instant;
import java.util.UUID;

/**
 * An action on all messages that matched a filter, as REST tells it.
 *
 * @param messages how many matched when it was asked for
 * @param changed how many it has changed so far; those that moved on by themselves meanwhile are not among them
 * @param doneAt null while it is under way
 * @param failedBecause why it ended before it was done, or null; what it had changed by then stays so
 */
public record BulkAction(
        UUID id, Action action, long messages, long changed, Instant askedAt, Instant doneAt, String failedBecause) {}
