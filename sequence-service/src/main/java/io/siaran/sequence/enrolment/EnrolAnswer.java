package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
        List<LeadId> unknownLeads,

        @Schema(
                description = "How many of those who are looked at do not enter as things are now, by the reason:"
                        + " already_inside, suppressed, device_gone, was_inside (and nobody may enter again) or"
                        + " same_person_inside. Null where a filter chose them: it may match very many.",
                nullable = true,
                example = "{\"already_inside\": 3, \"suppressed\": 1}")
        Map<String, Long> skipped) {

    /** @param skipped how many of the known ones do not enter */
    static EnrolAnswer of(List<LeadId> named, List<LeadId> known, Map<String, Long> skipped) {
        Set<LeadId> unknown = new LinkedHashSet<>(named);
        known.forEach(unknown::remove);
        return new EnrolAnswer(known.size(), List.copyOf(unknown), skipped);
    }

    static EnrolAnswer ofMatching(long leads) {
        return new EnrolAnswer(leads, List.of(), null);
    }
}
