package io.siaran.sequence.enrolment;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many contacts were taken out of a sequence. */
record TakenOut(
        @Schema(description = "How many left by this request, or were asked in and do not enter now.", example = "500")
        long takenOut,

        @Schema(description = "Whether there may be more: then ask again.", example = "true")
        boolean more,

        @Schema(
                description =
                        "How many requests for very many, which were still being worked on, ended by this although they asked"
                                + " others as well: each left out 20 filters already, and leaves out no more. Ask those others in again.",
                example = "0")
        int endedRequests,

        @Schema(
                description =
                        "How many of the named leads were not taken out, by the reason: not_inside (nor asked in) or"
                                + " unknown_lead. Nobody is counted who may be taken out by asking again.",
                example = "{\"not_inside\": 2}")
        Map<String, Long> skipped) {}
