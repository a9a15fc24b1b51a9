package io.siaran.dispatch.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.siaran.model.WireEnum;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One thing that happened to a message. What does not apply is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fact(
        @Schema(
                description = "by the clock of the queue's database; of sent, delivered and read by the gateway's",
                example = "2026-11-28T02:00:09.123456Z")
        Instant at,

        @Schema(description = "what happened", example = "sent")
        Kind fact,

        @Schema(description = "the try that it is about", nullable = true, example = "1")
        Integer tryNo,

        @Schema(description = "the cause in a word", nullable = true, example = "provider_failed")
        String reason,

        @Schema(description = "the cause in words", nullable = true, example = "quota exceeded")
        String detail,

        @Schema(description = "who decided it; left out where nobody did", nullable = true, example = "kedai-ani")
        String by) {

    /** What can happen. */
    public enum Kind implements WireEnum {
        /** It came into the queue. */
        STORED,
        /** A try began: it was given to the gateway. */
        RELEASED,
        /** The try came back unsent, and burnt no attempt. */
        RETURNED,
        /** The platform failed the try. */
        ATTEMPT_FAILED,
        /** The answer to the try was lost. */
        UNKNOWN,
        /** The platform took it. */
        SENT,
        /** It reached the phone. */
        DELIVERED,
        /** The recipient opened it. */
        READ,
        /** It ended unsent. */
        FAILED,
        /** It ended because somebody no longer wanted it. */
        CANCELLED,
        /** An operator asked not to send it. */
        CANCEL_ASKED,
        /** An operator let it be tried again. */
        RETRIED,
        /** An operator said what became of it. */
        RESOLVED
    }
}
