package io.siaran.dispatch.message;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageType;
import io.siaran.model.SendLane;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Warning;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/** Reads a row of {@code messages.sql}. */
final class MessageRow {

    private MessageRow() {}

    /** As a list shows it. */
    static MessageView read(Row row) {
        return read(row, null, null, null);
    }

    static MessageView read(Row row, List<Fact> timeline, List<EventDelivery> told, List<Warning> warnings) {
        MessageState status = WireEnum.read(MessageState.class, row.getString("status"));
        FailureReason reason = wire(FailureReason.class, row, "failure_reason");
        Waiting waiting = status == MessageState.PENDING ? waiting(row) : new Waiting(null, null);
        return new MessageView(
                new MessageId(row.getUUID("id")),
                WireEnum.read(MessageKind.class, row.getString("kind")),
                row.getString("user_id"),
                new DeviceId(row.getUUID("device_id")),
                LeadId.orNull(row.getUUID("lead_id")),
                CampaignId.orNull(row.getUUID("campaign_id")),
                row.getInteger("run"),
                SequenceId.orNull(row.getUUID("sequence_id")),
                StepId.orNull(row.getUUID("sequence_stepid")),
                row.getString("recipient_phone"),
                row.getString("recipient_name"),
                Attributes.read(text(row, "attributes")),
                row.getString("message"),
                WireEnum.read(MessageType.class, row.getString("type")),
                row.getString("media_url"),
                row.getString("niche"),
                wire(AntiSpamProfile.class, row, "anti_spam"),
                row.getString("time_zone"),
                row.getInteger("min_delay"),
                row.getInteger("max_delay"),
                instant(row, "scheduled_at"),
                instant(row, "expires_at"),
                row.getInteger("priority"),
                status,
                row.getInteger("attempts"),
                row.getInteger("try_no"),
                reason,
                inWords(reason, row.getString("error_message")),
                row.getString("sent_text"),
                row.getString("provider_message_id"),
                wire(SendLane.class, row, "lane"),
                instant(row, "sent_at"),
                instant(row, "delivered_at"),
                instant(row, "read_at"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                waiting.reason(),
                waiting.eligibleAt(),
                row.getLong("version"),
                timeline,
                told,
                warnings);
    }

    private static Waiting waiting(Row row) {
        return Waiting.of(
                new Waiting.Device(
                        wire(DeviceStatus.class, row, "device_status"),
                        instant(row, "held_until"),
                        wire(WaitingFor.class, row, "hold_reason")),
                row.getBoolean("stopped"),
                row.getBoolean("parked"),
                row.getBoolean("behind_earlier_run"),
                instant(row, "scheduled_at"),
                instant(row, "due_at"),
                instant(row, "now"));
    }

    private static String inWords(FailureReason reason, String told) {
        return told == null && reason != null ? InWords.of(reason) : told;
    }

    private static <E extends Enum<E> & WireEnum> E wire(Class<E> type, Row row, String column) {
        String text = row.getString(column);
        return text == null ? null : WireEnum.read(type, text);
    }

    private static String text(Row row, String column) {
        Object json = row.getValue(column);
        return json == null ? null : json.toString();
    }

    static Instant instant(Row row, String column) {
        return row.getValue(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
