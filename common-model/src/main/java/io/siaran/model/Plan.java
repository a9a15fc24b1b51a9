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

    /** One that knows people by their leads alone. */
    public Plan(
            UUID id,
            PlanKind kind,
            UserId userId,
            PlanStatus status,
            int run,
            String title,
            long version,
            boolean deleted) {
        this(id, kind, userId, status, run, title, version, deleted, false);
    }
}
