package io.siaran.model;

/**
 * What crosses {@code campaign-progress}: the absolute counts of one run of a campaign on one device, never a difference.
 * Always stored = pending + processing + sent + failed + cancelled + unknown; delivered and read are parts of sent.
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
        long read) {

    /** The key of the compacted topic. */
    public String key() {
        return campaignId + ":" + run + ":" + deviceId;
    }
}
