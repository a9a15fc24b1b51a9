package io.siaran.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a reader takes a constant that only a later version knows, of every enum that crosses Kafka. The rule stands in
 * {@code docs/architecture.md}: never a dead letter, never a guess that sends, never a fact that is lost.
 */
final class SafeReadings {

    /** Known constants that promise no more than the unknown one can hold. */
    private static final Map<Class<?>, WireEnum> CONSTANTS = Map.of(
            // Whatever it is, it is not known to be online.
            DeviceStatus.class, DeviceStatus.OFFLINE,
            // Whatever it is, it is not known to be allowed to send; what waits stays.
            PlanStatus.class, PlanStatus.PAUSED,
            // An operator decides.
            UnknownPolicy.class, UnknownPolicy.HOLD,
            // That is what every returned try has in common; it comes again and burns no attempt.
            ReturnReason.class, ReturnReason.NOT_SENT,
            // It fails as well, and the person is not written to again.
            RejectReason.class, RejectReason.CONTACT_REJECTED,
            // It is tried again as well.
            FailReason.class, FailReason.PROVIDER_FAILED,
            // Only until when counts.
            DeferReason.class, DeferReason.RATE_LIMITED,
            // Neither a prospect nor a customer: only who asks for all finds it.
            TargetStatus.class, TargetStatus.ALL);

    /** Read as if nothing were said, which every reader of them takes. */
    private static final Set<Class<?>> AS_NOTHING = Set.of(AntiSpamProfile.class, FailureReason.class, SendLane.class);

    /** Nothing is safe to say instead: the record is parked until a version reads it that knows the constant. */
    private static final Set<Class<?>> PARKED =
            Set.of(MessageKind.class, MessageType.class, MessageState.class, PlanKind.class, PersonRequest.Wish.class);

    private SafeReadings() {}

    /** Whether it is decided how this enum is read. */
    static boolean decides(Class<?> type) {
        return CONSTANTS.containsKey(type) || AS_NOTHING.contains(type) || PARKED.contains(type);
    }

    static boolean exists(Class<?> type) {
        return CONSTANTS.containsKey(type) || AS_NOTHING.contains(type);
    }

    static Optional<WireEnum> of(Class<?> type) {
        return Optional.ofNullable(CONSTANTS.get(type));
    }
}
