package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What crosses {@code sequence-events}, keyed by lead: how people walk through sequences. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SequenceEvent.Entered.class, name = "entered"),
    @JsonSubTypes.Type(value = SequenceEvent.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = SequenceEvent.Left.class, name = "left")
})
public sealed interface SequenceEvent {

    UserId userId();

    SequenceId sequenceId();

    LeadId leadId();

    /** Which assignment of the trigger this walk belongs to. */
    long assignment();

    Instant at();

    record Entered(UserId userId, SequenceId sequenceId, LeadId leadId, long assignment, Instant at)
            implements SequenceEvent {}

    record Completed(UserId userId, SequenceId sequenceId, LeadId leadId, long assignment, Instant at)
            implements SequenceEvent {}

    record Left(UserId userId, SequenceId sequenceId, LeadId leadId, long assignment, String reason, Instant at)
            implements SequenceEvent {}
}
