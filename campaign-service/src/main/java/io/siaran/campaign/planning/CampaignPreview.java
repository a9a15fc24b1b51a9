package io.siaran.campaign.planning;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a campaign would do if its time were now. */
@Schema(name = "CampaignPreview")
record CampaignPreview(
        @Schema(description = "leads that would be written to", example = "1200")
        long audience,

        @Schema(description = "why leads of the niche would be left out, and how many; the most frequent reason first")
        List<Excluded> excluded,

        @Schema(
                description = "when it begins: its time, or now where that has passed",
                example = "2027-11-26T02:00:00Z")
        Instant startsAt,

        @Schema(
                description =
                        "when its last message is sent, by the paces, caps and quiet hours of its devices, its own hours, and what"
                                + " is queued on them; holidays, prayer times and what is queued meanwhile come on top",
                example = "2027-11-26T09:30:00Z")
        Instant expectedEnd,

        @Schema(
                description =
                        "whether queued is all that waits on each device; false: the queue could not be asked, and only what other"
                                + " campaigns have queued is counted, nothing of sequences and direct messages",
                example = "true")
        boolean queueKnown,

        @Schema(
                description = "how many of the audience would wait beyond the expiry of their messages, by the same",
                example = "0")
        long wouldExpire,

        @Schema(
                description = "the end of the campaign's day, or its send_until, for more_devices",
                example = "2027-11-26T15:59:59Z")
        Instant dayEndsAt,

        @Schema(
                description =
                        "how many more devices, of the pace and caps that these have on average, it takes to end by"
                                + " day_ends_at; 0 where it does",
                example = "0")
        long moreDevices,

        @Schema(
                description = "whether numbers are checked before they are written to; null: as each device says",
                example = "true",
                nullable = true)
        Boolean checkNumbers,

        @Schema(description = "each device with leads of the niche, the busiest first; at most 500")
        List<OnDevice> devices,

        @Schema(description = "the texts of the first leads, before the greeting and the variation of their devices")
        List<Sample> samples) {

    @Schema(name = "CampaignPreviewExcluded")
    record Excluded(
            @Schema(
                    implementation = String.class,
                    enumeration = {
                        "wrong_status",
                        "opted_out",
                        "device_gone",
                        "device_offline",
                        "written_recently",
                        "too_long_for_platform",
                        "duplicate_phone"
                    },
                    description = "why",
                    example = "opted_out")
            Exclusion reason,

            @Schema(description = "how many leads", example = "12")
            long leads) {}

    @Schema(name = "CampaignPreviewDevice")
    record OnDevice(
            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    description = "the device",
                    example = "01936f2e-0000-7000-8000-0000000000d1")
            DeviceId deviceId,

            @Schema(description = "what operators call it", example = "Merah")
            String name,

            @Schema(description = "whether it may send; null where it is gone", example = "online")
            String status,

            @Schema(description = "leads that it would write to", example = "400")
            long audience,

            @Schema(description = "leads of it that would be left out", example = "3")
            long excluded,

            @Schema(description = "messages that wait on it, which are sent first; see queue_known", example = "35")
            long queued,

            @Schema(description = "when it has sent its share", example = "2027-11-26T09:30:00Z")
            Instant expectedEnd) {}

    @Schema(name = "CampaignPreviewSample")
    record Sample(
            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    description = "the lead",
                    example = "01936f2e-0000-7000-8000-0000000000a1")
            LeadId leadId,

            @Schema(
                    implementation = String.class,
                    format = "uuid",
                    description = "its device",
                    example = "01936f2e-0000-7000-8000-0000000000d1")
            DeviceId deviceId,

            @Schema(implementation = String.class, description = "its phone", example = "60123456789")
            PhoneNumber phone,

            @Schema(description = "the text", example = "Hi Ani, 50% off everything today only!")
            String text) {}
}
