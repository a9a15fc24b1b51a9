package io.siaran.campaign.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a campaign's current run. */
@Schema(name = "CampaignReport")
record Report(
        @Schema(implementation = String.class, format = "uuid")
        CampaignId campaignId,

        int run,
        CampaignStatus status,
        Counts totals,
        List<DeviceReport> devices) {

    static Report of(CampaignId campaign, int run, CampaignStatus status, List<DeviceReport> devices) {
        Counts totals = devices.stream().map(DeviceReport::counts).reduce(Counts.NONE, Counts::plus);
        return new Report(campaign, run, status, totals, devices);
    }

    record DeviceReport(
            @Schema(implementation = String.class, format = "uuid")
            DeviceId deviceId,

            @JsonUnwrapped Counts counts) {}

    /**
     * Delivered and read are parts of sent.
     *
     * @param shouldSend what dispatch has stored; before the fan-out has ended, what was published so far
     * @param skipped leads left out because their device was not online
     */
    record Counts(
            long shouldSend,
            long skipped,
            long pending,
            long processing,
            long sent,
            long delivered,
            long read,
            long failed,
            long cancelled,
            long unknown) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        Counts plus(Counts other) {
            return new Counts(
                    shouldSend + other.shouldSend,
                    skipped + other.skipped,
                    pending + other.pending,
                    processing + other.processing,
                    sent + other.sent,
                    delivered + other.delivered,
                    read + other.read,
                    failed + other.failed,
                    cancelled + other.cancelled,
                    unknown + other.unknown);
        }
    }
}
