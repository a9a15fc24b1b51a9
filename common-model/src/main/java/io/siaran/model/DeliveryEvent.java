package io.siaran.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/**
 * What crosses {@code delivery-events}, keyed by device: how one try of a message ended, and what became of it then. At
 * most one outcome is true of a try, except that {@link Accepted} may follow {@link Unknown} when the truth comes late. A
 * {@link Receipt} may come late, twice, in any order, and before the outcome of its try. Repeats change nothing.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "record")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DeliveryEvent.Accepted.class, name = "accepted"),
    @JsonSubTypes.Type(value = DeliveryEvent.Returned.class, name = "returned"),
    @JsonSubTypes.Type(value = DeliveryEvent.Deferred.class, name = "deferred"),
    @JsonSubTypes.Type(value = DeliveryEvent.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = DeliveryEvent.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = DeliveryEvent.Unknown.class, name = "unknown"),
    @JsonSubTypes.Type(value = DeliveryEvent.Delivered.class, name = "delivered"),
    @JsonSubTypes.Type(value = DeliveryEvent.Read.class, name = "read"),
    @JsonSubTypes.Type(value = DeliveryEvent.Refused.class, name = "refused")
})
public sealed interface DeliveryEvent {

    MessageId messageId();

    int tryNo();

    UserId userId();

    DeviceId deviceId();

    /** When the try ended, by the gateway's database clock; of a receipt, when the platform told it. */
    Instant at();

    /**
     * The platform took it; delivery and reading are told later, by receipts.
     *
     * @param lane null where an older gateway tells it
     */
    record Accepted(
            MessageId messageId,
            int tryNo,
            UserId userId,
            DeviceId deviceId,
            Instant at,
            String providerMessageId,
            String sentText,
            SendLane lane)
            implements DeliveryEvent {

        /** One of which the lane is not known. */
        public Accepted(
                MessageId messageId,
                int tryNo,
                UserId userId,
                DeviceId deviceId,
                Instant at,
                String providerMessageId,
                String sentText) {
            this(messageId, tryNo, userId, deviceId, at, providerMessageId, sentText, null);
        }
    }

    /** Provably not sent; it may be released again, not before {@code notBefore} where that is given. */
    record Returned(
            MessageId messageId,
            int tryNo,
            UserId userId,
            DeviceId deviceId,
            Instant at,
            ReturnReason reason,
            String detail,
            Instant notBefore)
            implements DeliveryEvent {}

    /** A rule of sending, or the platform's throttle, said not before {@code until}. */
    record Deferred(
            MessageId messageId,
            int tryNo,
            UserId userId,
            DeviceId deviceId,
            Instant at,
            Instant until,
            DeferReason reason)
            implements DeliveryEvent {}

    /** The platform will never send this: another try would end the same. */
    record Rejected(
            MessageId messageId,
            int tryNo,
            UserId userId,
            DeviceId deviceId,
            Instant at,
            RejectReason reason,
            String detail)
            implements DeliveryEvent {

        /** A gateway of before knew no other reason than the person, and said none. */
        public Rejected {
            reason = reason == null ? RejectReason.CONTACT_REJECTED : reason;
        }
    }

    /** The platform said that it did not send; another try may go better. */
    record Failed(
            MessageId messageId,
            int tryNo,
            UserId userId,
            DeviceId deviceId,
            Instant at,
            FailReason reason,
            String detail)
            implements DeliveryEvent {

        /** Where no reason is said it is the platform's. */
        public Failed {
            reason = reason == null ? FailReason.PROVIDER_FAILED : reason;
        }
    }

    /** The request was written and no answer can be trusted: it may have gone out. */
    record Unknown(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId, Instant at, String detail)
            implements DeliveryEvent {}

    /** What the platform tells by callback of a message that it took: proof that this try went out. */
    sealed interface Receipt extends DeliveryEvent {}

    /** It reached the person's phone. */
    record Delivered(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId, Instant at) implements Receipt {}

    /** The person opened it, so it was delivered as well. */
    record Read(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId, Instant at) implements Receipt {}

    /** The platform took it and could not deliver it after all. */
    record Refused(MessageId messageId, int tryNo, UserId userId, DeviceId deviceId, Instant at, String detail)
            implements Receipt {}
}
