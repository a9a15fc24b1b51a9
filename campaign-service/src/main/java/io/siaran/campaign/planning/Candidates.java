package io.siaran.campaign.planning;

import io.siaran.model.Tag;
import io.siaran.model.UserId;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The first five arguments of every statement over {@code candidates} ({@code R__candidates.sql}).
 *
 * @param began when the run's fan-out began, as of which it is said who was written to lately: what the run itself sends leaves
 *     nobody out. Null: now
 */
record Candidates(UserId user, CampaignTerms terms, Instant began) {

    Candidates(UserId user, CampaignTerms terms) {
        this(user, terms, null);
    }

    /** @param more what the statement takes besides */
    Object[] arguments(Object... more) {
        Object[] ours = {
            user.value(),
            Tag.fold(terms.niche()),
            terms.targetStatus().wire(),
            terms.offlineDevices() == OfflineDevices.SKIP,
            terms.segment() == null ? null : terms.segment().filter(began)
        };
        return Stream.concat(Stream.of(ours), Stream.of(more)).toArray();
    }
}
