package io.siaran.campaign.lead;

import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TargetStatus;
import io.siaran.model.UserId;
import java.time.Instant;

/** One contact of one device, as it is stored. Every change gives a lead of the next version. */
record Lead(
        LeadId id,
        UserId userId,
        DeviceId deviceId,
        PhoneNumber phone,
        String name,
        String niche,
        TargetStatus targetStatus,
        Triggers triggers,
        long version,
        boolean deleted,
        Instant createdAt) {

    static Lead create(LeadId id, UserId user, LeadDetails details, Instant now) {
        return new Lead(
                id,
                user,
                details.deviceId(),
                details.phone(),
                details.name(),
                details.niche(),
                details.targetStatus(),
                Triggers.NONE.rewritten(details.trigger()),
                1,
                false,
                now);
    }

    Lead changedTo(LeadDetails details) {
        return new Lead(
                id,
                userId,
                details.deviceId(),
                details.phone(),
                details.name(),
                details.niche(),
                details.targetStatus(),
                triggers.rewritten(details.trigger()),
                version + 1,
                deleted,
                createdAt);
    }

    Lead carrying(Triggers changed) {
        return new Lead(
                id, userId, deviceId, phone, name, niche, targetStatus, changed, version + 1, deleted, createdAt);
    }

    /** Leaves every audience and every sequence; the row stays, so that its version goes on. */
    Lead removed() {
        return new Lead(
                id,
                userId,
                deviceId,
                phone,
                name,
                niche,
                targetStatus,
                triggers.rewritten(""),
                version + 1,
                true,
                createdAt);
    }

    LeadSnapshot snapshot() {
        return new LeadSnapshot(
                id,
                userId,
                deviceId,
                phone,
                name,
                niche,
                targetStatus,
                triggers.present(),
                Attributes.NONE,
                version,
                deleted);
    }
}
