package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether a lead is in a sequence, and if not why. */
@Schema(name = "WhyNotEnrolled")
record WhyAnswer(
        @Schema(description = "The sequence.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d47")
        SequenceId sequenceId,

        @Schema(description = "The lead.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4b")
        LeadId leadId,

        @Schema(description = "Whether it is inside.", example = "false")
        boolean inside,

        @Schema(
                description = "Whether it is about to be looked at; then the reasons may be gone in seconds.",
                example = "false")
        boolean underReview,

        @Schema(description = "Every reason that keeps it out by its triggers; none where nothing does.")
        List<WhyNot> reasons) {

    static WhyAnswer of(SequenceId sequence, LeadId lead, Row row) {
        return new WhyAnswer(
                sequence,
                lead,
                row.getBoolean("inside"),
                row.getBoolean("under_review"),
                Arrays.stream(row.getArrayOfStrings("reasons"))
                        .map(reason -> WireEnum.read(WhyNot.class, reason))
                        .toList());
    }
}
