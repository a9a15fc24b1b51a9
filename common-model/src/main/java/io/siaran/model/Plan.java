package io.siaran.model;

import java.time.Instant;
import java.util.UUID;

/**
 * What crosses {@code plans}: whether what a campaign or sequence has queued may be sent.
 *
 * @param id a {@link CampaignId} or {@link SequenceId}, by {@code kind}
 * @param run a higher run withdraws what is unsent of lower ones; 0 for a sequence
 * @param oncePerPhone whether who got a lower run gets nothing of this one through another lead either
 * @param openUntil from then on what is queued waits, whatever the status is and whoever is late with the news of it; null: for no end;
 *     {@link #NOT_OPEN}: it waits already
 */
public record Plan(
        UUID id,
        PlanKind kind,
        UserId userId,
        PlanStatus status,
        int run,
        String title,
        long version,
        boolean deleted,
        boolean oncePerPhone,
        Instant openUntil)
        implements Snapshot {

    /** Long over. */
    public static final Instant NOT_OPEN = Instant.EPOCH;

    /** A sequence has no runs, and knows people by their leads alone. */
    public static Plan ofSequence(
            SequenceId id, UserId user, PlanStatus status, String title, long version, boolean deleted) {
        return new Plan(id.value(), PlanKind.SEQUENCE, user, status, 0, title, version, deleted, false, null);
    }
}
