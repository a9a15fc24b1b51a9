package io.siaran.sequence.authoring;

import io.siaran.rest.CreationOrder;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;

/** The filters of the list of sequences; a {@code @BeanParam}. */
record SequenceQuery(
        @Parameter(description = "Only these; may be given several times.", example = "active") @RestQuery("status")
        List<SequenceStatus> statuses,

        @Parameter(description = "Only sequences of this niche.", example = "fitness") @RestQuery
        String niche,

        @Parameter(
                description = "Only sequences that this trigger lets leads into: their own, or that of an entry point.",
                example = "fitness_start")
        @RestQuery
        String trigger,

        @Parameter(description = "Only names in which this stands, in any case.", example = "challenge") @RestQuery("q")
        String text,

        @Parameter(description = "Only what was changed then or later.", example = "2026-11-27T01:00:00Z")
        @RestQuery("updated_since")
        Instant updatedSince,

        @Parameter(description = "By when they were made: created_at, the oldest first, or -created_at.") @RestQuery
        CreationOrder sort) {

    SequenceFilter filter() {
        return new SequenceFilter(
                statuses == null ? List.of() : statuses,
                niche,
                trigger,
                text,
                updatedSince,
                CreationOrder.orElse(sort, CreationOrder.OLDEST_FIRST));
    }
}
