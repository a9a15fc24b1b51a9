package io.siaran.sequence.progress;

import io.siaran.model.LeadId;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The sequences of one lead. */
record EnrolmentsOfLead(
        @Schema(description = "The lead.", example = "01934b5e-7c11-7d3a-9f5e-2a8f1c0b9d4b")
        LeadId leadId,

        @Schema(description = "Each time that it was in a sequence, the last first.")
        List<EnrolmentSummary> items) {}
