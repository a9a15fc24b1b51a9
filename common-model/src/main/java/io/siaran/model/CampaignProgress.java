package io.siaran.model;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What crosses {@code campaign-progress}: the absolute counts of one run of a campaign on one device, never a difference.
 * Always stored = pending + processing + sent + failed + cancelled + unknown; delivered and read are parts of sent, and the
 * reasons add up to failed + cancelled.
 *
 * @param reasons how many ended for which {@link FailureReason}, by its name on the wire: also one that only a later version
 *     knows is counted; none told by a version that told none
 */
public record CampaignProgress(
        CampaignId campaignId,
        int run,
        DeviceId deviceId,
        UserId userId,
        long version,
        long stored,
        long pending,
        long processing,
        long sent,
        long failed,
        long cancelled,
        long unknown,
        long delivered,
        long read,
        Map<String, Long> reasons) {

    public CampaignProgress {
        reasons = reasons == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(reasons));
    }

    /** The key of the compacted topic. */
    public String key() {
        return campaignId + ":" + run + ":" + deviceId;
    }
}
