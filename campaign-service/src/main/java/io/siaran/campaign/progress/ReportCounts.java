package io.siaran.campaign.progress;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Delivered and read are parts of sent. */
@Schema(name = "CampaignCounts")
record ReportCounts(
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
        long unknown,

        @Schema(
                description =
                        "why they failed or were cancelled, the most frequent reason first: together failed + cancelled")
        List<EndReason> reasons) {

    static final ReportCounts NONE = new ReportCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of());

    /** The columns of the file: the counts, and what {@link EndReason} has one for. */
    static List<String> columns(String first) {
        Stream<String> counts = Stream.of(
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
        return Stream.concat(counts, EndReason.columns()).toList();
    }

    List<String> cells(String first) {
        LongStream counts = LongStream.of(
                shouldSend, skipped, pending, processing, sent, delivered, read, replied, failed, cancelled, unknown);
        LongStream all = LongStream.concat(counts, EndReason.cells(reasons));
        return Stream.concat(Stream.of(first), all.mapToObj(String::valueOf)).toList();
    }

    ReportCounts plus(ReportCounts other) {
        return new ReportCounts(
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
                unknown + other.unknown,
                EndReason.together(reasons, other.reasons));
    }
}
