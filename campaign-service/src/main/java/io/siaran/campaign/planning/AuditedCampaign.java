package io.siaran.campaign.planning;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** What of a campaign people decide, as the audit shows it. */
record AuditedCampaign(
        @JsonUnwrapped CampaignTerms terms, CampaignStatus status, Instant scheduledAt, boolean archived) {

    static AuditedCampaign of(Campaign campaign) {
        return new AuditedCampaign(
                campaign.terms, campaign.life.status, campaign.scheduledAt, campaign.life.archivedAt != null);
    }
}
