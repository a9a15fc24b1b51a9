package io.siaran.campaign.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of a campaign's current run. */
@Schema(name = "CampaignReport")
record Report(
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the campaign",
                example = "01936f2e-0000-7000-8000-0000000000c1")
        CampaignId campaignId,

        @Schema(description = "the run that is counted, the campaign's latest", example = "1")
        int run,

        @Schema(description = "where the campaign stands", example = "triggered")
        CampaignStatus status,

        @Schema(
                description =
                        "when the last message was expected to be sent, as it was reckoned when the audience was published; null"
                                + " until then",
                example = "2027-11-26T09:30:00Z",
                nullable = true)
        Instant expectedEnd,

        @Schema(
                description = "when the outcome of every message was known, beside expected_end; null until then",
                example = "2027-11-26T09:41:00.123456Z",
                nullable = true)
        Instant endedAt,

        @Schema(description = "all devices together") ReportCounts totals,

        @Schema(description = "why leads of the niche were left out, and how many; the most frequent reason first")
        List<LeftOut> skippedByReason,

        @Schema(description = "the hours in which something was sent or failed, at most the latest 500")
        List<Hour> perHour,

        @Schema(
                description =
                        "how many got each text, the first one first; one, unless the campaign was edited after it had begun."
                                + " Who got an earlier text counts as cancelled in the latest run")
        List<ReportVersion> versions,

        @Schema(description = "each device with leads of the niche")
        List<DeviceReport> devices) {

    static Report of(
            CampaignId campaign,
            int run,
            CampaignStatus status,
            Instant expectedEnd,
            Instant endedAt,
            List<LeftOut> leftOut,
            List<Hour> hours,
            List<ReportVersion> versions,
            List<DeviceReport> devices) {
        ReportCounts totals = devices.stream().map(DeviceReport::counts).reduce(ReportCounts.NONE, ReportCounts::plus);
        return new Report(campaign, run, status, expectedEnd, endedAt, totals, leftOut, hours, versions, devices);
    }

    @Schema(name = "CampaignHour")
    record Hour(
            @Schema(description = "where it begins", example = "2027-11-26T02:00:00Z")
            Instant hour,

            @Schema(
                    description =
                            "messages that became known as sent in it, less those of which it became known that they were"
                                    + " not",
                    example = "120")
            long sent,

            @Schema(description = "messages that became known as failed in it", example = "2")
            long failed) {}

    @Schema(name = "CampaignExclusion")
    record LeftOut(
            @Schema(
                    implementation = String.class,
                    description = "why they were left out",
                    enumeration = {
                        "opted_out",
                        "device_gone",
                        "device_offline",
                        "written_recently",
                        "too_long_for_platform",
                        "duplicate_phone"
                    },
                    example = "opted_out")
            Exclusion reason,

            @Schema(description = "how many leads", example = "12")
            long leads) {}

    @Schema(name = "CampaignReportOfDevice")
    record DeviceReport(
            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    description = "the device",
                    example = "01936f2e-0000-7000-8000-0000000000d1")
            DeviceId deviceId,

            @JsonUnwrapped ReportCounts counts) {}
}
