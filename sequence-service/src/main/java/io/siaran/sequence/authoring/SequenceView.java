package io.siaran.sequence.authoring;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.siaran.model.SequenceId;
import io.siaran.rest.Versioned;
import io.siaran.rest.Warning;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A sequence as it is answered: as its author wrote it, and what the service adds. */
record SequenceView(
        @Schema(description = "Its id.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId id,

        @JsonUnwrapped SequenceDocument document,

        @Schema(description = "What should be known of it, though it was saved.")
        List<Warning> warnings,

        @Schema(
                description = "What the edit means for the contacts who are inside; only where dry_run is asked for.",
                nullable = true)
        EditEffect effect,

        @Schema(description = "When it was made.", example = "2026-11-27T01:00:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2026-11-27T01:00:00Z")
        Instant updatedAt,

        @Schema(hidden = true) @JsonIgnore long version)
        implements Versioned {

    static SequenceView of(Sequence sequence, List<Warning> warnings) {
        return new SequenceView(
                new SequenceId(sequence.id),
                sequence.document(),
                List.copyOf(warnings),
                null,
                sequence.versions.createdAt,
                sequence.versions.updatedAt,
                sequence.versions.current);
    }

    /** As it would be; its version is the one that is stored. */
    SequenceView tried(EditEffect effect, long stored) {
        return new SequenceView(id, document, warnings, effect, createdAt, updatedAt, stored);
    }
}
