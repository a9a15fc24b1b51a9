package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.CampaignTerms;
import io.siaran.campaign.planning.Recipient;
import io.siaran.kafka.Announcement;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.Topic;

/** One lead's copy of a campaign. The same lead and run give the same id, however often it is published. */
final class CampaignMessage {

    private CampaignMessage() {}

    static Announcement to(Recipient recipient, Campaign campaign) {
        return new Announcement(
                Topic.BROADCAST_MESSAGES, recipient.deviceId().toString(), message(recipient, campaign));
    }

    private static BroadcastMessage message(Recipient recipient, Campaign campaign) {
        CampaignTerms terms = campaign.terms();
        return new BroadcastMessage(
                MessageId.ofCampaign(campaign.scheduledAt(), campaign.id(), campaign.run(), recipient.leadId()),
                MessageKind.CAMPAIGN,
                campaign.userId(),
                recipient.deviceId(),
                recipient.leadId(),
                campaign.id(),
                campaign.run(),
                null,
                null,
                null,
                recipient.phone(),
                recipient.name(),
                terms.niche(),
                terms.imageUrl() == null ? MessageType.TEXT : MessageType.IMAGE,
                terms.message(),
                terms.imageUrl(),
                terms.minDelaySeconds(),
                terms.maxDelaySeconds(),
                terms.antiSpam(),
                terms.timeZone(),
                campaign.scheduledAt(),
                terms.expireAfter().of(campaign.scheduledAt()));
    }
}
