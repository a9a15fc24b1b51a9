package io.siaran.campaign.fanout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.List;
import java.util.UUID;

/**
 * The copies of one run of a campaign, as JSON. What all of them say is written once, and what differs is put in its places:
 * of a million messages, to write each whole was two fifths of the work.
 */
final class CampaignMessages {

    private static final AudienceLead SOMEBODY = new AudienceLead(
            new LeadId(new UUID(0, 0)), new DeviceId(new UUID(0, 0)), PhoneNumber.NOBODY, null, Attributes.NONE, 0);

    /** What differs, in the order of the JSON. */
    private static final List<String> FIELDS =
            List.of("id", "device_id", "lead_id", "recipient_phone", "recipient_name", "attributes", "lead_version");

    private static final byte[] NO_NAME = "null".getBytes(US_ASCII);
    private static final byte[] NO_ATTRIBUTES = "{}".getBytes(US_ASCII);

    /** Becomes JSON only while it is published: a page of long texts would fill the memory. */
    private record Copy(CampaignMessages all, MessageId id, AudienceLead lead) implements JsonText {

        @Override
        public String json() {
            return new String(utf8(), UTF_8);
        }

        @Override
        public byte[] utf8() {
            return all.utf8(values(id, lead));
        }
    }

    private final Campaign campaign;
    private final byte[][] before = new byte[FIELDS.size()][];
    private final byte[] after;

    CampaignMessages(Campaign campaign) {
        this.campaign = campaign;
        BroadcastMessage sample = CampaignMessage.to(SOMEBODY, campaign);
        String json = Json.write(sample);
        byte[][] values = values(sample.id(), SOMEBODY);
        int from = 0;
        for (int i = 0; i < before.length; i++) {
            // No text of the campaign can be taken for a field: its quotes are escaped.
            String field = '"' + FIELDS.get(i) + "\":";
            String value = new String(values[i], UTF_8);
            int place = json.indexOf(field + value, from) + field.length();
            before[i] = json.substring(from, place).getBytes(UTF_8);
            from = place + value.length();
        }
        this.after = json.substring(from).getBytes(UTF_8);
    }

    /** The same lead and run give the same message, however often it is published. */
    OutboxRecord to(AudienceLead lead) {
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES,
                lead.deviceId().toString(),
                new Copy(this, CampaignMessage.id(lead, campaign), lead));
    }

    private byte[] utf8(byte[][] values) {
        int length = after.length;
        for (int i = 0; i < values.length; i++) {
            length += before[i].length + values[i].length;
        }
        byte[] json = new byte[length];
        int at = 0;
        for (int i = 0; i < values.length; i++) {
            at = put(before[i], json, at);
            at = put(values[i], json, at);
        }
        put(after, json, at);
        return json;
    }

    private static int put(byte[] part, byte[] json, int at) {
        System.arraycopy(part, 0, json, at, part.length);
        return at + part.length;
    }

    private static byte[][] values(MessageId id, AudienceLead lead) {
        return new byte[][] {
            quoted(id),
            quoted(lead.deviceId()),
            quoted(lead.leadId()),
            quoted(lead.phone()),
            lead.name() == null ? NO_NAME : quoted(Json.escapeUtf8(lead.name())),
            json(lead.attributes()),
            Long.toString(lead.version()).getBytes(US_ASCII)
        };
    }

    /** Most leads have none, and nothing is to be written of them. */
    private static byte[] json(Attributes attributes) {
        return attributes.values().isEmpty() ? NO_ATTRIBUTES : attributes.json().getBytes(UTF_8);
    }

    /** Of ids and digits, in which nothing is to be escaped. */
    private static byte[] quoted(Object plain) {
        return quoted(plain.toString().getBytes(US_ASCII));
    }

    private static byte[] quoted(byte[] escaped) {
        byte[] quoted = new byte[escaped.length + 2];
        quoted[0] = '"';
        put(escaped, quoted, 1);
        quoted[quoted.length - 1] = '"';
        return quoted;
    }
}
