package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.UUID;

/** What crosses {@code user-events}, keyed by user: what somebody did, and what ended that somebody began. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = UserEvent.Done.class, name = "done"),
    @JsonSubTypes.Type(value = UserEvent.ImportCompleted.class, name = "import_completed")
})
public sealed interface UserEvent {

    /** The same however often it is told. */
    UUID id();

    /** Whose things it is about. */
    UserId userId();

    Instant at();

    /**
     * Somebody did something.
     *
     * @param id of version 7: what was done later is greater
     * @param by who did it
     * @param action what, as {@code edited}; a reader keeps what it does not know
     * @param subject to what, as {@code campaign}
     * @param subjectId to which; null where there is but one
     * @param before a JSON object: of what changed, what it was; or null
     * @param after a JSON object: what it was then; or null
     */
    record Done(
            UUID id,
            UserId userId,
            String by,
            Instant at,
            String action,
            String subject,
            String subjectId,
            String before,
            String after)
            implements UserEvent {}

    /**
     * A file of leads was taken in, to its end or as far as it could be read.
     *
     * @param id of the import
     * @param status done or failed
     * @param failure why it could not be read to its end; null when done
     */
    record ImportCompleted(
            UUID id,
            UserId userId,
            Instant at,
            String status,
            String failure,
            long lines,
            long created,
            long updated,
            long unchanged,
            long duplicate,
            long refused)
            implements UserEvent {}
}
