package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Settlement;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.DeliveryEvent.Failed;
import io.siaran.model.DeliveryEvent.Rejected;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.FailureReason;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What an event means for a message; pure. Empty: nothing, since it is old or told twice. */
final class Verdict {

    private final RetryPolicy retries;
    private final RandomGenerator random;

    Verdict(RetryPolicy retries, RandomGenerator random) {
        this.retries = retries;
        this.random = random;
    }

    Optional<Settlement> on(QueuedMessage message, DeliveryEvent event, Instant now) {
        return switch (event) {
            case Accepted accepted -> message.accepted(accepted);
            case Returned returned -> returned(message, returned, now);
            case Deferred deferred ->
                message.cameBack(
                        deferred.tryNo(), deferred.until(), deferred.reason().wire());
            case Rejected rejected ->
                message.failedForGood(rejected.tryNo(), FailureReason.CONTACT_REJECTED, rejected.detail());
            case Failed failed -> failed(message, failed, now);
            case Unknown unknown -> message.lost(unknown.tryNo(), unknown.detail());
            case DeliveryEvent.Receipt receipt -> Optional.empty();
        };
    }

    private Optional<Settlement> returned(QueuedMessage message, Returned returned, Instant now) {
        String why = returned.detail() == null ? returned.reason().wire() : returned.detail();
        return switch (returned.reason()) {
            case WRONG_OWNER -> message.refused(returned.tryNo(), FailureReason.WRONG_OWNER, why);
            case SUPPRESSED -> message.refused(returned.tryNo(), FailureReason.SUPPRESSED, why);
            // We asked for it, or were late ourselves: nothing speaks against another try at once.
            case RECALLED, TOO_LATE -> message.cameBack(returned.tryNo(), notBefore(returned, now), why);
            // Only until the device's own news arrives: from then on its state holds the message, not this wait.
            case DEVICE_NOT_ONLINE -> message.cameBack(returned.tryNo(), notBefore(returned, after(1, now)), why);
            case DEVICE_REFUSED, NOT_SENT ->
                message.cameBack(returned.tryNo(), notBefore(returned, after(returns(message), now)), why);
        };
    }

    private Optional<Settlement> failed(QueuedMessage message, Failed failed, Instant now) {
        return retries.afterFailure(message.attempts() + 1, random)
                .map(wait -> message.failedForNow(failed.tryNo(), now.plus(wait), failed.detail()))
                .orElseGet(() -> message.failedForGood(failed.tryNo(), FailureReason.PROVIDER_FAILED, failed.detail()));
    }

    private static Instant notBefore(Returned returned, Instant otherwise) {
        return returned.notBefore() == null ? otherwise : returned.notBefore();
    }

    private Instant after(int returns, Instant now) {
        return now.plus(retries.afterReturn(returns, random));
    }

    /** Tries that burnt no attempt, this one included. */
    private static int returns(QueuedMessage message) {
        return Math.max(1, message.tryNo() - message.attempts());
    }
}
