package io.siaran.dispatch.message;

import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import java.time.Instant;
import java.util.Optional;

/**
 * A message as far as its status is concerned, with the moves that outcomes may make. Each answers empty where the move
 * is not legal: an outcome of an older try, or of a try that is already settled, changes nothing.
 *
 * @param attempts how many tries the platform acted on
 * @param ending what the message ends with if its try comes back; null: it waits again
 */
public record QueuedMessage(
        MessageId id, DeviceId deviceId, MessageState status, int tryNo, int attempts, FailureReason ending) {

    /** The platform took it. True of whatever try, and whatever was believed before, even of one forgotten by a restore. */
    public Optional<Settlement> accepted(Accepted truth) {
        if (status == MessageState.SENT) {
            return Optional.empty();
        }
        int attemptsNow = isInFlightUnder(truth.tryNo()) ? attempts + 1 : Math.min(Math.max(attempts, 1), tryNo);
        return Optional.of(
                new Settlement.Sent(id, attemptsNow, truth.at(), truth.providerMessageId(), truth.sentText()));
    }

    /** Provably not sent, and no attempt burnt: waits until {@code dueAt}, or ends if somebody stopped it meanwhile. */
    public Optional<Settlement> cameBack(int ofTry, Instant dueAt, String detail) {
        return isInFlightUnder(ofTry) ? Optional.of(waitOrEnd(attempts, dueAt, detail)) : Optional.empty();
    }

    /** The platform failed it, and it may be tried again at {@code dueAt}. */
    public Optional<Settlement> failedForNow(int ofTry, Instant dueAt, String detail) {
        return isInFlightUnder(ofTry) ? Optional.of(waitOrEnd(attempts + 1, dueAt, detail)) : Optional.empty();
    }

    /** The platform acted, and no other try would end better. */
    public Optional<Settlement> failedForGood(int ofTry, FailureReason reason, String detail) {
        return isInFlightUnder(ofTry)
                ? Optional.of(new Settlement.Ended(id, attempts + 1, reason, detail))
                : Optional.empty();
    }

    /** It came back unsent, and must not be released again. */
    public Optional<Settlement> refused(int ofTry, FailureReason reason, String detail) {
        return isInFlightUnder(ofTry)
                ? Optional.of(new Settlement.Ended(id, attempts, reason, detail))
                : Optional.empty();
    }

    /** It may have been sent: never released again by itself. */
    public Optional<Settlement> lost(int ofTry, String detail) {
        return isInFlightUnder(ofTry) ? Optional.of(new Settlement.Lost(id, attempts + 1, detail)) : Optional.empty();
    }

    private Settlement waitOrEnd(int attemptsNow, Instant dueAt, String detail) {
        return ending == null
                ? new Settlement.Waits(id, attemptsNow, dueAt, detail)
                : new Settlement.Ended(id, attemptsNow, ending, detail);
    }

    private boolean isInFlightUnder(int ofTry) {
        return status == MessageState.PROCESSING && tryNo == ofTry;
    }
}
