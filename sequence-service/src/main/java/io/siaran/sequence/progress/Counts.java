package io.siaran.sequence.progress;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many contacts are where. */
record Counts(
        @Schema(description = "Whose turn at the step has come.", example = "120")
        long entered,

        @Schema(description = "Whose outcome is still open, queued ones included.", example = "20")
        long pending,

        @Schema(description = "Whose message was sent.", example = "90")
        long sent,

        @Schema(description = "Of those sent: whose message reached the phone.", example = "85")
        long delivered,

        @Schema(description = "Of those sent: whose message was read.", example = "40")
        long read,

        @Schema(description = "Of those sent: who answered after it and before the next one.", example = "12")
        long replied,

        @Schema(description = "Whose message failed.", example = "5")
        long failed,

        @Schema(description = "Who left before it was sent.", example = "3")
        long cancelled,

        @Schema(description = "Whose message may have been sent.", example = "2")
        long unknown) {

    static Counts of(Measures measures) {
        return new Counts(
                measures.of("entered"),
                measures.of("pending"),
                measures.of("sent"),
                measures.of("delivered"),
                measures.of("read"),
                measures.of("replied"),
                measures.of("failed"),
                measures.of("cancelled"),
                measures.of("unknown"));
    }
}
