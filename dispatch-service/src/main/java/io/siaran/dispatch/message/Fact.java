package io.siaran.dispatch.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.siaran.model.Wire;
import java.time.Instant;

/**
 * One thing that happened to a message.
 *
 * @param at by the clock of the queue's database; sent, delivered and read by the gateway's
 * @param tryNo the try that it is about, or null
 * @param reason the cause in a word, or null
 * @param detail the cause in words for a person, or null
 * @param by who decided it; null: nobody, it happened
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fact(Instant at, Kind fact, Integer tryNo, String reason, String detail, String by) {

    /** What can happen. */
    public enum Kind implements Wire {
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
        /** The person opened it. */
        READ,
        /** It ended unsent. */
        FAILED,
        /** It ended because somebody no longer wanted it. */
        CANCELLED,
        /** A person asked not to send it. */
        CANCEL_ASKED,
        /** A person let it be tried again. */
        RETRIED,
        /** A person said what became of it. */
        RESOLVED
    }
}
