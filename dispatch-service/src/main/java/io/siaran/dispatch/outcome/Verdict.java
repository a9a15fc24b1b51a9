package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.Settlement;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.DeliveryEvent.Delivered;
import io.siaran.model.DeliveryEvent.Failed;
import io.siaran.model.DeliveryEvent.Read;
import io.siaran.model.DeliveryEvent.Refused;
import io.siaran.model.DeliveryEvent.Rejected;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.FailureReason;
import io.siaran.model.UnknownPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What an event means for a message; pure. Empty: nothing, since it is old or told twice. */
final class Verdict {

    private static final String ASSUMED = "nobody knows; its device's policy assumes that it was sent";
    private static final String TRIED_AGAIN = "nobody knows; its device's policy sends it again";

    private final RetryPolicy retries;
    private final RandomGenerator random;

    Verdict(RetryPolicy retries, RandomGenerator random) {
        this.retries = retries;
        this.random = random;
    }

    /** What is to be written, one after the other: each is a fact of its own. */
    List<Settlement> on(QueuedMessage message, DeliveryEvent event, UnknownPolicy policy, Instant now) {
        return switch (event) {
            case Delivered delivered -> message.delivered(delivered.tryNo(), delivered.at());
            case Read read -> message.read(read.tryNo(), read.at());
            case Unknown unknown -> lost(message, unknown, policy, now);
            case Accepted accepted -> facts(message.accepted(accepted));
            case Returned returned -> facts(returned(message, returned, now));
            case Deferred deferred ->
                facts(message.cameBack(
                        deferred.tryNo(), deferred.until(), deferred.reason().wire()));
            case Rejected rejected ->
                facts(message.failedForGood(rejected.tryNo(), FailureReason.CONTACT_REJECTED, rejected.detail()));
            case Failed failed -> facts(failed(message, failed, now));
            case Refused refused -> facts(message.refusedByPlatform(refused.tryNo(), refused.detail()));
        };
    }

    /** Unknown, and that is told; what the owner of the device wants in that case is the next fact. */
    private List<Settlement> lost(QueuedMessage message, Unknown unknown, UnknownPolicy policy, Instant now) {
        List<Settlement> facts = new ArrayList<>(facts(message.lost(unknown.tryNo(), unknown.detail())));
        if (!facts.isEmpty()) {
            QueuedMessage lost = message.after(facts.getFirst());
            facts.addAll(facts(
                    switch (policy) {
                        case HOLD -> Optional.empty();
                        case ASSUME_SENT -> Optional.of(lost.assumedSent(unknown.at(), ASSUMED));
                        case RETRY ->
                            retries.afterFailure(lost.attempts(), random)
                                    .flatMap(wait -> lost.triedAgain(now.plus(wait), TRIED_AGAIN));
                    }));
        }
        return facts;
    }

    private static List<Settlement> facts(Optional<Settlement> one) {
        return one.map(List::of).orElseGet(List::of);
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
        return retries.afterFailure(message.attemptsBefore() + 1, random)
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
        return Math.max(1, message.tryNo() - message.attemptsBefore());
    }
}
