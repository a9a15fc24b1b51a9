package io.siaran.sequence.enrolment;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many contacts were taken out of a sequence. */
record TakenOut(
        @Schema(description = "How many left by this request, or were asked in and do not enter now.", example = "500")
        long takenOut,

        @Schema(description = "Whether there may be more: then ask again.", example = "true")
        boolean more) {}
