package io.siaran.campaign.progress;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.campaign.planning.CampaignStatus;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
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

        @Schema(description = "all devices together") Counts totals,

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
            List<LeftOut> leftOut,
            List<Hour> hours,
            List<ReportVersion> versions,
            List<DeviceReport> devices) {
        Counts totals = devices.stream().map(DeviceReport::counts).reduce(Counts.NONE, Counts::plus);
        return new Report(campaign, run, status, totals, leftOut, hours, versions, devices);
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

            @JsonUnwrapped Counts counts) {}

    /** Delivered and read are parts of sent. */
    @Schema(name = "CampaignCounts")
    record Counts(
            @Schema(
                    description =
                            "messages that are to be sent: those published so far, also where they are not queued yet",
                    example = "1200")
            long shouldSend,

            @Schema(description = "leads left out, by whatever reason", example = "0")
            long skipped,

            @Schema(description = "messages that wait", example = "700")
            long pending,

            @Schema(description = "messages on their way to the platform", example = "4")
            long processing,

            @Schema(description = "messages that the platform took", example = "490")
            long sent,

            @Schema(description = "messages of those sent that reached the phone", example = "480")
            long delivered,

            @Schema(description = "messages of those sent that were read", example = "210")
            long read,

            @Schema(
                    description =
                            "people who wrote to the device within 7 days after they were reached; each for the latest"
                                    + " campaign only",
                    example = "17")
            long replied,

            @Schema(description = "messages that failed for good", example = "3")
            long failed,

            @Schema(description = "messages that were cancelled", example = "2")
            long cancelled,

            @Schema(description = "messages of which nobody knows whether they were sent", example = "1")
            long unknown) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        static List<String> columns(String first) {
            return List.of(
                    first,
                    "should_send",
                    "skipped",
                    "pending",
                    "processing",
                    "sent",
                    "delivered",
                    "read",
                    "replied",
                    "failed",
                    "cancelled",
                    "unknown");
        }

        List<String> cells(String first) {
            return Stream.concat(
                            Stream.of(first),
                            LongStream.of(
                                            shouldSend,
                                            skipped,
                                            pending,
                                            processing,
                                            sent,
                                            delivered,
                                            read,
                                            replied,
                                            failed,
                                            cancelled,
                                            unknown)
                                    .mapToObj(String::valueOf))
                    .toList();
        }

        Counts plus(Counts other) {
            return new Counts(
                    shouldSend + other.shouldSend,
                    skipped + other.skipped,
                    pending + other.pending,
                    processing + other.processing,
                    sent + other.sent,
                    delivered + other.delivered,
                    read + other.read,
                    replied + other.replied,
                    failed + other.failed,
                    cancelled + other.cancelled,
                    unknown + other.unknown);
        }
    }
}
