package io.siaran.dispatch.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.util.List;

/**
 * Which messages are asked for. Each list names the values that match; an empty list and a null do not filter.
 *
 * @param q part of the recipient's name or phone
 * @param updatedSince changed at or after
 */
public record MessageFilter(
        List<CampaignId> campaigns,
        List<SequenceId> sequences,
        List<DeviceId> devices,
        List<LeadId> leads,
        List<MessageState> statuses,
        List<MessageKind> kinds,
        PhoneNumber phone,
        String q,
        Instant from,
        Instant to,
        Instant updatedSince) {

    /** Years of four digits: beyond them there are no messages, and soon no timestamps of the database. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Strict, unlike that of records: a condition that is not understood must never widen a filter. */
    private static final JsonMapper STORED = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Throws {@link Refusal} (a 400) for a time that no message can have. */
    public MessageFilter {
        campaigns = listOf(campaigns);
        sequences = listOf(sequences);
        devices = listOf(devices);
        leads = listOf(leads);
        statuses = listOf(statuses);
        kinds = listOf(kinds);
        requireYear("from", from);
        requireYear("to", to);
        requireYear("updated_since", updatedSince);
    }

    /** All that was to be sent to this phone. */
    public static MessageFilter to(PhoneNumber phone) {
        return new MessageFilter(null, null, null, null, null, null, phone, null, null, null, null);
    }

    /**
     * Whether it says more than which status: a cause, a device, a recipient, or a stretch of time with two ends. What is
     * planned after a moment is, of a queue, all that waits.
     */
    @JsonIgnore
    public boolean narrows() {
        boolean names = !campaigns.isEmpty() || !sequences.isEmpty() || !devices.isEmpty() || !leads.isEmpty();
        return names || phone != null || (from != null && to != null);
    }

    /** As a bulk action keeps it. */
    public String json() {
        try {
            return STORED.writeValueAsString(this);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("cannot write a filter", bug);
        }
    }

    /** Throws {@link IllegalStateException} for a filter that another version wrote and this one cannot read. */
    public static MessageFilter read(String json) {
        try {
            return STORED.readValue(json, MessageFilter.class);
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("cannot read a filter", unreadable);
        }
    }

    /** The filter as SQL conditions on {@code broadcast_messages AS m}. */
    void conditions(Conditions conditions) {
        conditions.any("m.plan_id", campaigns, CampaignId::value);
        conditions.any("m.plan_id", sequences, SequenceId::value);
        conditions.any("m.device_id", devices, DeviceId::value);
        conditions.any("m.lead_id", leads, LeadId::value);
        conditions.statuses(statuses);
        conditions.anyText("m.kind", kinds.stream().map(WireEnum::wire).toList());
        conditions.add("m.recipient_phone = $%d", phone == null ? null : phone.digits());
        conditions.contains(q);
        conditions.add("m.scheduled_at >= $%d", from);
        conditions.add("m.scheduled_at < $%d", to);
        conditions.add("m.updated_at >= $%d", updatedSince);
    }

    private static <T> List<T> listOf(List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    private static void requireYear(String field, Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw Refusal.invalid(field, "must be between " + EARLIEST + " and " + LATEST);
        }
    }
}
