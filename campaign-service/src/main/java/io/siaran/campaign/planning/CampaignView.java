package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.CampaignId;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A campaign as it is answered.
 *
 * @param terms what was asked for
 * @param scheduledAt when it goes: what date, time and zone name, or the moment of a trigger by hand
 * @param warnings what should be known of it, though it was saved
 */
@Schema(name = "Campaign")
record CampaignView(
        @Schema(
                implementation = String.class,
                format = "uuid",
                description = "the campaign",
                example = "01936f2e-0000-7000-8000-0000000000c1")
        CampaignId id,

        @JsonUnwrapped CampaignTerms terms,

        @Schema(
                description = "when its messages are sent from: its date and time, or the moment of a trigger by hand",
                example = "2027-11-26T02:00:00Z")
        Instant scheduledAt,

        @Schema(
                description = "from 1; rises when a campaign that was triggered is given another time, or another text",
                example = "1")
        int run,

        @Schema(description = "where the campaign stands", example = "scheduled")
        CampaignStatus status,

        @Schema(
                description = "whether what is queued waits for the hours of send_from, send_until and weekdays",
                example = "false")
        boolean waitsForHours,

        @Schema(description = "why it failed; null unless it did", example = "missed_window", nullable = true)
        StatusReason statusReason,

        @Schema(
                description = "when this run was triggered; null until then",
                example = "2027-11-26T01:50:00.123456Z",
                nullable = true)
        Instant triggeredAt,

        @Schema(
                description = "when the outcome of every message of this run was known; null until then",
                example = "2027-11-26T09:30:00.123456Z",
                nullable = true)
        Instant completedAt,

        @Schema(
                description = "when it was taken out of the lists; null unless it was",
                example = "2027-12-01T08:00:00.123456Z",
                nullable = true)
        Instant archivedAt,

        @Schema(
                description = "the first campaign of its series; null where it is the first, or goes once",
                example = "01936f2e-0000-7000-8000-0000000000c0",
                nullable = true)
        UUID repeatOf,

        @Schema(description = "what should be known of it, though it was saved")
        List<Warning> warnings,

        @Schema(description = "when it was made", example = "2027-11-20T08:15:30.123456Z")
        Instant createdAt,

        @Schema(description = "when it was changed last", example = "2027-11-20T08:15:30.123456Z")
        Instant updatedAt,

        @Schema(hidden = true) long version)
        implements Versioned {

    /** As it is shown; what only matters while it is saved is left out. */
    static CampaignView of(Campaign campaign) {
        return of(new SavedCampaign(campaign, new CampaignCheck(campaign.terms).ofText()));
    }

    static CampaignView of(SavedCampaign saved) {
        Campaign campaign = saved.campaign();
        return new CampaignView(
                campaign.id(),
                campaign.terms,
                campaign.scheduledAt,
                campaign.run(),
                campaign.life.status,
                campaign.life.status == CampaignStatus.TRIGGERED && campaign.gate.gateClosed,
                campaign.life.statusReason,
                campaign.life.triggeredAt,
                campaign.life.completedAt,
                campaign.life.archivedAt,
                campaign.repeatOf,
                saved.warnings(),
                campaign.createdAt,
                campaign.updatedAt,
                campaign.version);
    }
}
