package io.siaran.sequence.firing;

import io.siaran.kafka.OutboxRecord;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.Cause;
import io.siaran.model.ContactId;
import io.siaran.model.Content;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageType;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.model.Withdraw;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;

/** A row of {@code lease-due-steps.sql}: one contact's step whose time has come, leased by this instance. */
record DueStep(Row row) {

    ContactId contact() {
        return new ContactId(row.getUUID("id"));
    }

    /** Its message; before it, where the step before might still be retried, that this must not happen any more. */
    List<OutboxRecord> announcements() {
        BroadcastMessage message = message();
        OutboxRecord itself = record(message.deviceId(), message);
        return row.getUUID("before_message_id") == null
                ? List.of(itself)
                : List.of(withdrawalOfTheOneBefore(message), itself);
    }

    private OutboxRecord withdrawalOfTheOneBefore(BroadcastMessage message) {
        DeviceId device = new DeviceId(row.getUUID("before_device_id"));
        return record(device, new Withdraw(new MessageId(row.getUUID("before_message_id")), message.userId(), device));
    }

    private static OutboxRecord record(DeviceId device, BroadcastRecord record) {
        return new OutboxRecord(Topic.BROADCAST_MESSAGES, device.toString(), record);
    }

    private BroadcastMessage message() {
        return new BroadcastMessage(
                new MessageId(row.getUUID("message_id")),
                new UserId(row.getString("user_id")),
                new DeviceId(row.getUUID("device_id")),
                new Cause.Step(
                        new LeadId(row.getUUID("lead_id")),
                        new SequenceId(row.getUUID("sequence_id")),
                        new StepId(row.getUUID("step_id")),
                        contact()),
                new Recipient(
                        new PhoneNumber(row.getString("phone")),
                        row.getString("name"),
                        Attributes.read(row.getString("attributes")),
                        null,
                        row.getLong("lead_version")),
                new Content(
                        WireEnum.read(MessageType.class, row.getString("message_type")),
                        row.getString("content"),
                        row.getString("media_url"),
                        row.getString("niche"),
                        antiSpam()),
                Pace.ofSeconds(row.getInteger("min_delay_seconds"), row.getInteger("max_delay_seconds")),
                new Schedule(ZoneId.of(row.getString("time_zone")), time("next_trigger_time"), time("expires_at")));
    }

    private AntiSpamProfile antiSpam() {
        String wire = row.getString("anti_spam");
        return wire == null ? null : WireEnum.read(AntiSpamProfile.class, wire);
    }

    private Instant time(String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
