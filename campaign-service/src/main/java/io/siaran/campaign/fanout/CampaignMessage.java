package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignTerms;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;

/** One lead's copy of a campaign. The same lead and run give the same id, however often it is published. */
final class CampaignMessage {

    private CampaignMessage() {}

    static BroadcastMessage to(AudienceLead lead, Campaign campaign) {
        CampaignTerms terms = campaign.terms();
        return new BroadcastMessage(
                id(lead, campaign),
                campaign.userId(),
                lead.deviceId(),
                new Cause.Campaign(lead.leadId(), campaign.id(), campaign.run()),
                new Recipient(lead.phone(), lead.name(), lead.attributes(), terms.checkNumbers(), lead.version()),
                Content.of(terms.message(), terms.imageUrl(), terms.niche(), terms.antiSpam()),
                Pace.ofSeconds(terms.minDelaySeconds(), terms.maxDelaySeconds()),
                new Schedule(
                        terms.timeZone(),
                        campaign.scheduledAt(),
                        terms.expireAfter().of(campaign.scheduledAt())));
    }

    static MessageId id(AudienceLead lead, Campaign campaign) {
        return MessageId.ofCampaign(campaign.scheduledAt(), campaign.id(), campaign.run(), lead.leadId());
    }
}
