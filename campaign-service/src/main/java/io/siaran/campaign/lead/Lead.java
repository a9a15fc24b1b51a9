package io.siaran.campaign.lead;

import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.Limits;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.UserId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * One contact of one device, as it is stored. Every change gives a lead of the next version.
 *
 * @param body what the caller decides, in its one spelling; its list of triggers is the one of {@code triggers}
 * @param withdrawn messages to it that must not be sent, whatever its phone
 * @param optedOut whether the person must not be written to, as it was when the lead was read
 */
record Lead(
        LeadId id,
        UserId userId,
        LeadBody body,
        Triggers triggers,
        List<MessageId> withdrawn,
        long version,
        boolean deleted,
        boolean optedOut,
        Instant createdAt,
        Instant updatedAt) {

    /** @param body in its one spelling, see {@link LeadBody#normalised} */
    static Lead create(LeadId id, UserId user, LeadBody body, Instant now) {
        return new Lead(id, user, body, Triggers.NONE.rewritten(body.trigger()), List.of(), 1, false, false, now, now);
    }

    /** The same lead, of the same version, when nothing would differ. */
    Lead changedTo(LeadBody changed, Instant now) {
        return changed.equals(body) ? this : next(changed, triggers.rewritten(changed.trigger()), deleted, now);
    }

    Lead carrying(Triggers changed, Instant now) {
        return next(body, changed, deleted, now);
    }

    /** Leaves every audience and every sequence; the row stays, so that its version goes on. */
    Lead removed(Instant now) {
        return next(body, triggers.rewritten(""), true, now);
    }

    /** The same lead, of the same version, with more messages that must not be sent; of too many the newest count. */
    Lead withdrawing(List<MessageId> messages) {
        if (messages.isEmpty()) {
            return this;
        }
        List<MessageId> all =
                Stream.concat(withdrawn.stream(), messages.stream()).distinct().toList();
        List<MessageId> newest = all.subList(Math.max(0, all.size() - Limits.WITHDRAWN), all.size());
        return new Lead(
                id, userId, body, triggers, List.copyOf(newest), version, deleted, optedOut, createdAt, updatedAt);
    }

    DeviceId deviceId() {
        return body.deviceId();
    }

    PhoneNumber phone() {
        return new PhoneNumber(body.phone());
    }

    LeadSnapshot snapshot() {
        return new LeadSnapshot(
                id,
                userId,
                deviceId(),
                phone(),
                body.name(),
                body.niche(),
                body.targetStatus(),
                triggers.present(),
                body.attributes(),
                withdrawn,
                version,
                deleted);
    }

    private Lead next(LeadBody changed, Triggers carried, boolean gone, Instant now) {
        LeadBody written = changed.withTrigger(carried.tags().text());
        return new Lead(id, userId, written, carried, withdrawn, version + 1, gone, optedOut, createdAt, now);
    }
}
