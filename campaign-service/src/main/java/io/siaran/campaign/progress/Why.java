package io.siaran.campaign.progress;

import io.siaran.model.CampaignId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.WireEnum;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a lead gets a campaign, or does not.
 *
 * @param reason null unless it is left out
 * @param messageId null unless it is written to, or its message was taken back
 * @param writtenThrough null unless another lead has its phone
 */
@Schema(name = "WhyLead")
record Why(
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the lead",
                example = "01936f2e-0000-7000-8000-0000000000a1")
        LeadId leadId,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the campaign",
                example = "01936f2e-0000-7000-8000-0000000000c1")
        CampaignId campaignId,

        @Schema(description = "the run, the campaign's latest", example = "1")
        int run,

        @Schema(
                implementation = String.class,
                enumeration = {"written_to", "will_be_written_to", "left_out"},
                description =
                        "whether the run has a message for the lead, whatever became of the lead since; will have one as things"
                                + " are now; or has none",
                example = "left_out")
        Verdict verdict,

        @Schema(
                implementation = String.class,
                enumeration = {
                    "no_such_niche",
                    "outside_segment",
                    "wrong_status",
                    "opted_out",
                    "device_gone",
                    "device_offline",
                    "written_recently",
                    "too_long_for_platform",
                    "duplicate_phone",
                    "taken_back",
                    "created_after",
                    "changed_after",
                    "unreadable",
                    "campaign_over"
                },
                description =
                        "why it is left out; null unless it is. As the lead is now: what it was when the run came to it is"
                                + " not kept",
                example = "opted_out",
                nullable = true)
        String reason,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the message: GET /messages/{id} tells what became of it; null unless there is one",
                example = "01936f2e-0000-8000-8000-0000000000b1",
                nullable = true)
        MessageId messageId,

        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the lead through which the person is written to; null unless it is another one",
                example = "01936f2e-0000-7000-8000-0000000000a2",
                nullable = true)
        LeadId writtenThrough) {

    enum Verdict implements WireEnum {
        WRITTEN_TO,
        WILL_BE_WRITTEN_TO,
        LEFT_OUT
    }
}
