package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** What crosses {@code lead-commands}: a sequence asks for a change of a lead's triggers. Idempotent on its id. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = LeadCommand.AddTrigger.class, name = "add_trigger"),
    @JsonSubTypes.Type(value = LeadCommand.RemoveTrigger.class, name = "remove_trigger")
})
public sealed interface LeadCommand {

    /** The same command repeated has the same id. */
    UUID id();

    UserId userId();

    LeadId leadId();

    String trigger();

    /**
     * Chain into the sequence that this trigger enters.
     *
     * @param usedUpTo the newest assignment of it that let the lead in, as the sequence knows, or 0: one above that, which the lead
     *     carries, has still to let it in, and a newer one would end that walk. Null, from an older version: nothing is known
     */
    record AddTrigger(UUID id, UserId userId, LeadId leadId, String trigger, Long usedUpTo) implements LeadCommand {}

    /** The timeline that this very assignment began has ended; a newer assignment of the same token stays. */
    record RemoveTrigger(UUID id, UserId userId, LeadId leadId, String trigger, long assignment)
            implements LeadCommand {}
}
