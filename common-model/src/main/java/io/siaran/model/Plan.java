package io.siaran.model;

import java.util.UUID;

/**
 * What crosses {@code plans}: whether what a campaign or sequence has queued may be sent.
 *
 * @param id a {@link CampaignId} or {@link SequenceId}, by {@code kind}
 * @param run a higher run withdraws what is unsent of lower ones; 0 for a sequence
 * @param oncePerPhone whether who got a lower run gets nothing of this one through another lead either
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
        boolean oncePerPhone)
        implements Snapshot {

    /** A sequence has no runs, and knows people by their leads alone. */
    public static Plan ofSequence(
            SequenceId id, UserId user, PlanStatus status, String title, long version, boolean deleted) {
        return new Plan(id.value(), PlanKind.SEQUENCE, user, status, 0, title, version, deleted, false);
    }
}
