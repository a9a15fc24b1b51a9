package io.siaran.dispatch.message;

import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import java.time.Instant;

/** What an operator wants of a message, and what a message makes of that; pure. */
public sealed interface Decision {

    /** @param now by the clock of the database */
    Ruling on(QueuedMessage message, Instant now);

    /** Not to be sent any more: ends at once while it waits, and if the gateway gives it back while it is in flight. */
    record Cancel() implements Decision {

        @Override
        public Ruling on(QueuedMessage message, Instant now) {
            return switch (message.status()) {
                case PENDING, PROCESSING ->
                    new Ruling.Granted(new MessageChange.Stopped(message.id(), FailureReason.CANCELLED_BY_USER));
                case UNKNOWN ->
                    refused(message, "an unknown message cannot be cancelled: it may have been sent; resolve it");
                case SENT, FAILED, CANCELLED ->
                    refused(message, "a " + message.status().wire() + " message cannot be cancelled");
            };
        }
    }

    /** To be tried again from the start; of an unknown message that is knowingly, since it may have been sent. */
    record Retry() implements Decision {

        @Override
        public Ruling on(QueuedMessage message, Instant now) {
            return switch (message.status()) {
                case PENDING -> refused(message, "a pending message waits to be sent already");
                case PROCESSING -> refused(message, "a processing message is being sent already");
                case SENT -> refused(message, "a sent message cannot be retried");
                case UNKNOWN ->
                    message.ending() == null
                            ? granted(message, message.tryNo())
                            : new Ruling.Refused(
                                    message.ending().wire(),
                                    "it was not to be sent any more: "
                                            + message.ending().wire());
                case FAILED, CANCELLED -> ofEnded(message);
            };
        }

        private static Ruling ofEnded(QueuedMessage message) {
            return switch (message.reason()) {
                // Whether the suppression still stands is asked of the suppressions. Of a message that was refused
                // after all the gateway marked that try itself, when it told of the refusal. Whom a platform rejected
                // may have come to WhatsApp since, and the device may have moved to another platform.
                case EXPIRED,
                        CONTACT_REJECTED,
                        NOT_ON_WHATSAPP,
                        MESSAGE_REJECTED,
                        PROVIDER_FAILED,
                        MEDIA_UNAVAILABLE,
                        REJECTED_AFTER_ACCEPT,
                        SUPPRESSED,
                        CANCELLED_BY_USER -> granted(message, null);
                case RESOLVED_AS_FAILED -> granted(message, message.tryNo());
                case WRONG_OWNER,
                        PLAN_CANCELLED,
                        WITHDRAWN,
                        SUPERSEDED_RUN,
                        SENT_IN_EARLIER_RUN,
                        DEVICE_DELETED,
                        LEAD_DELETED ->
                    new Ruling.Refused(
                            message.reason().wire(),
                            "a message that ended as " + message.reason().wire() + " cannot be retried");
            };
        }

        /** @param open the try that the gateway may still take for one that went out */
        private static Ruling granted(QueuedMessage message, Integer open) {
            return new Ruling.Granted(new MessageChange.Restarted(message.id(), open));
        }
    }

    /**
     * Somebody found out what became of an unknown message. One that is said to be sent counts as sent now: nobody knows
     * the moment, and what waits for it must not come too early.
     *
     * @param outcome {@code SENT} or {@code FAILED}
     */
    record Resolve(MessageState outcome) implements Decision {

        public Resolve {
            if (outcome != MessageState.SENT && outcome != MessageState.FAILED) {
                throw new IllegalArgumentException("an unknown message was sent, or it failed");
            }
        }

        @Override
        public Ruling on(QueuedMessage message, Instant now) {
            if (message.status() != MessageState.UNKNOWN) {
                return refused(
                        message,
                        "only an unknown message can be resolved, and this one is "
                                + message.status().wire());
            }
            return new Ruling.Granted(
                    outcome == MessageState.SENT
                            ? message.assumedSent(now, null)
                            : new MessageChange.Ended(
                                    message.id(), message.attempts(), FailureReason.RESOLVED_AS_FAILED, null, null));
        }
    }

    private static Ruling refused(QueuedMessage message, String because) {
        return new Ruling.Refused(message.status().wire(), because);
    }
}
