package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.CampaignId;
import io.siaran.rest.Violation;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A campaign as it is answered.
 *
 * @param terms what was asked for
 * @param warnings what should be known of it, though it was saved
 * @param scheduledAt when it goes: what date, time and zone name, or the moment of a trigger by hand
 */
@Schema(name = "Campaign")
record CampaignView(
        @Schema(implementation = String.class, format = "uuid")
        CampaignId id,

        @JsonUnwrapped CampaignTerms terms,
        Instant scheduledAt,
        int run,
        CampaignStatus status,
        StatusReason statusReason,
        List<Violation> warnings,
        Instant createdAt) {

    static CampaignView of(Campaign campaign) {
        return new CampaignView(
                campaign.id(),
                campaign.terms,
                campaign.scheduledAt,
                campaign.run,
                campaign.status,
                campaign.statusReason,
                campaign.terms.warnings(),
                campaign.createdAt);
    }
}
