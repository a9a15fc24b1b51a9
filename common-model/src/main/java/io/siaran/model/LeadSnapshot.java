package io.siaran.model;

import java.util.List;

/**
 * What crosses {@code leads}: a contact with the triggers it carries.
 *
 * @param attributes what the tenant keeps of it; never null
 * @param withdrawn messages to it that must not be sent, the newest {@link Limits#WITHDRAWN}: told with its phone, because
 *     they would follow it to one that is reached through another lead; never null
 */
public record LeadSnapshot(
        LeadId id,
        UserId userId,
        DeviceId deviceId,
        PhoneNumber phone,
        String name,
        String niche,
        TargetStatus targetStatus,
        List<TriggerAssignment> triggers,
        Attributes attributes,
        List<MessageId> withdrawn,
        long version,
        boolean deleted)
        implements Snapshot {

    public LeadSnapshot {
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
        attributes = Attributes.orNone(attributes);
        withdrawn = withdrawn == null ? List.of() : List.copyOf(withdrawn);
    }
}
