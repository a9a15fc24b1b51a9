package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What was asked of leads who are to enter. */
@Schema(name = "EnrolmentRequested")
record EnrolAnswer(
        @Schema(
                description = "How many leads are looked at, within seconds where they are some thousands. Who may not"
                        + " enter does not, as the sequence's why then says.",
                example = "120")
        long requested,

        @Schema(description = "The leads that there are none of.")
        List<LeadId> unknownLeads) {

    static EnrolAnswer of(List<LeadId> named, List<LeadId> known) {
        Set<LeadId> unknown = new LinkedHashSet<>(named);
        known.forEach(unknown::remove);
        return new EnrolAnswer(known.size(), List.copyOf(unknown));
    }
}
