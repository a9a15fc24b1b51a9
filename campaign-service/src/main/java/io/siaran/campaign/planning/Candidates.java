package io.siaran.campaign.planning;

import io.siaran.model.Tag;
import io.siaran.model.UserId;
import java.util.stream.Stream;

/** The first five arguments of every statement over {@code candidates} ({@code R__candidates.sql}). */
record Candidates(UserId user, CampaignTerms terms) {

    /** @param more what the statement takes besides */
    Object[] arguments(Object... more) {
        Object[] ours = {
            user.value(),
            Tag.fold(terms.niche()),
            terms.targetStatus().wire(),
            terms.offlineDevices() == OfflineDevices.SKIP,
            terms.segment() == null ? null : terms.segment().filter()
        };
        return Stream.concat(Stream.of(ours), Stream.of(more)).toArray();
    }
}
