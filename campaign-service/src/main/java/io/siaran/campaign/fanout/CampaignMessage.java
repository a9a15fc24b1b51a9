package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignTerms;
import io.siaran.campaign.planning.Recipient;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.Schedule;
import io.siaran.model.Topic;

/** One lead's copy of a campaign. The same lead and run give the same id, however often it is published. */
final class CampaignMessage {

    private CampaignMessage() {}

    static OutboxRecord to(Recipient recipient, Campaign campaign) {
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES, recipient.deviceId().toString(), message(recipient, campaign));
    }

    private static BroadcastMessage message(Recipient recipient, Campaign campaign) {
        CampaignTerms terms = campaign.terms();
        return new BroadcastMessage(
                MessageId.ofCampaign(campaign.scheduledAt(), campaign.id(), campaign.run(), recipient.leadId()),
                campaign.userId(),
                recipient.deviceId(),
                new Cause.Campaign(recipient.leadId(), campaign.id(), campaign.run()),
                new io.siaran.model.Recipient(recipient.phone(), recipient.name()),
                Content.of(terms.message(), terms.imageUrl(), terms.niche(), terms.antiSpam()),
                Pace.ofSeconds(terms.minDelaySeconds(), terms.maxDelaySeconds()),
                new Schedule(
                        terms.timeZone(),
                        campaign.scheduledAt(),
                        terms.expireAfter().of(campaign.scheduledAt())));
    }
}
