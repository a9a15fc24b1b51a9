package io.siaran.campaign.fanout;

import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.Campaign;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.JsonText;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The copies of one run of a campaign, as JSON. What all of them say is written once, and what differs is put in its places:
 * of a million messages, to write each whole was two fifths of the work.
 */
final class CampaignMessages {

    private static final AudienceLead SOMEBODY = new AudienceLead(
            new LeadId(new UUID(0, 0)), new DeviceId(new UUID(0, 0)), PhoneNumber.NOBODY, null, Attributes.NONE);

    /** What differs, in the order of the JSON. */
    private static final List<String> FIELDS =
            List.of("id", "device_id", "lead_id", "recipient_phone", "recipient_name", "attributes");

    /** Becomes text only while it is published: a page of long texts would fill the memory. */
    private record Copy(CampaignMessages all, MessageId id, AudienceLead lead) implements JsonText {

        @Override
        public String json() {
            return all.json(values(id, lead));
        }
    }

    private final Campaign campaign;
    private final List<String> before = new ArrayList<>();
    private final String after;

    CampaignMessages(Campaign campaign) {
        this.campaign = campaign;
        BroadcastMessage sample = CampaignMessage.to(SOMEBODY, campaign);
        String json = Json.write(sample);
        List<String> values = values(sample.id(), SOMEBODY);
        int from = 0;
        for (int i = 0; i < FIELDS.size(); i++) {
            // No text of the campaign can be taken for a field: its quotes are escaped.
            String field = '"' + FIELDS.get(i) + "\":";
            int value = json.indexOf(field + values.get(i), from) + field.length();
            before.add(json.substring(from, value));
            from = value + values.get(i).length();
        }
        this.after = json.substring(from);
    }

    /** The same lead and run give the same message, however often it is published. */
    OutboxRecord to(AudienceLead lead) {
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES,
                lead.deviceId().toString(),
                new Copy(this, CampaignMessage.id(lead, campaign), lead));
    }

    private String json(List<String> values) {
        StringBuilder json = new StringBuilder(1_024);
        for (int i = 0; i < values.size(); i++) {
            json.append(before.get(i)).append(values.get(i));
        }
        return json.append(after).toString();
    }

    private static List<String> values(MessageId id, AudienceLead lead) {
        return List.of(
                quoted(id),
                quoted(lead.deviceId()),
                quoted(lead.leadId()),
                quoted(lead.phone()),
                lead.name() == null ? "null" : Json.quote(lead.name()),
                json(lead.attributes()));
    }

    /** Most leads have none, and nothing is to be written of them. */
    private static String json(Attributes attributes) {
        return attributes.values().isEmpty() ? "{}" : attributes.json();
    }

    /** Of ids and digits, in which nothing is to be escaped. */
    private static String quoted(Object plain) {
        return '"' + plain.toString() + '"';
    }
}
