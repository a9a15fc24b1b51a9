package io.siaran.dispatch.message;

import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Which messages are asked for; whatever is null does not filter. */
public record MessageFilter(
        CampaignId campaignId,
        SequenceId sequenceId,
        DeviceId deviceId,
        MessageState status,
        PhoneNumber phone,
        Instant from,
        Instant to) {

    /** Years of four digits: beyond them there are no messages, and soon no timestamps of the database. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Throws {@link Refusal} (a 400) for a time that no message can have. */
    public MessageFilter {
        requireYear("from", from);
        requireYear("to", to);
    }

    public boolean isEmpty() {
        return campaignId == null
                && sequenceId == null
                && deviceId == null
                && status == null
                && phone == null
                && from == null
                && to == null;
    }

    /** The filter as SQL conditions, numbering its arguments behind those that are there already. */
    String conditions(List<Object> arguments) {
        List<String> conditions = new ArrayList<>();
        add(conditions, arguments, "m.plan_id = $%d", campaignId == null ? null : campaignId.value());
        add(conditions, arguments, "m.plan_id = $%d", sequenceId == null ? null : sequenceId.value());
        add(conditions, arguments, "m.device_id = $%d", deviceId == null ? null : deviceId.value());
        add(conditions, arguments, "m.status = $%d", status == null ? null : status.wire());
        add(conditions, arguments, "m.recipient_phone = $%d", phone == null ? null : phone.digits());
        add(conditions, arguments, "m.scheduled_at >= $%d", from == null ? null : from.atOffset(ZoneOffset.UTC));
        add(conditions, arguments, "m.scheduled_at < $%d", to == null ? null : to.atOffset(ZoneOffset.UTC));
        return String.join("", conditions);
    }

    private static void requireYear(String field, Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
    }

    private static void add(List<String> conditions, List<Object> arguments, String condition, Object value) {
        if (value != null) {
            arguments.add(value);
            conditions.add(" AND " + condition.formatted(arguments.size()));
        }
    }
}
