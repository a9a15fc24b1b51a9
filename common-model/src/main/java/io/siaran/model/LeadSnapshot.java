package io.siaran.model;

import java.util.List;

/**
 * What crosses {@code leads}: a contact with the triggers it carries.
 *
 * @param attributes what the tenant keeps of it; never null
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
        long version,
        boolean deleted)
        implements Snapshot {

    public LeadSnapshot {
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
        attributes = Attributes.orNone(attributes);
    }
}
