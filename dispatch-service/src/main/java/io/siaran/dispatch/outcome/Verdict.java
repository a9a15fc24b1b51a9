package io.siaran.dispatch.outcome;

import io.siaran.dispatch.message.MessageChange;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.dispatch.message.WaitingFor;
import io.siaran.dispatch.queue.DeviceQueue.Hold;
import io.siaran.model.DeferReason;
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
    List<MessageChange> on(QueuedMessage message, DeliveryEvent event, UnknownPolicy policy, Instant now) {
        return switch (Remembered.heard(message, event)) {
            case Delivered delivered -> message.delivered(delivered.tryNo(), delivered.at());
            case Read read -> message.read(read.tryNo(), read.at());
            case Unknown unknown -> lost(message, unknown, policy, now);
            case Accepted accepted -> facts(message.accepted(accepted));
            case Returned returned -> facts(returned(message, returned, now));
            case Deferred deferred ->
                facts(message.cameBack(
                        deferred.tryNo(),
                        putOff(message, deferred),
                        deferred.reason().wire()));
            case Rejected rejected ->
                facts(message.failedForGood(rejected.tryNo(), rejected.reason().failure(), rejected.detail()));
            case Failed failed -> facts(failed(message, failed, now));
            case Refused refused -> facts(message.refusedByPlatform(refused.tryNo(), refused.detail()));
        };
    }

    /**
     * A cap holds no direct message of its device, since it may be an answer. One that turned out to be none is put off by
     * itself, and so is every message to a person whom the number never wrote to, where that is what is full: others pass.
     * Everything else keeps its place, since its device is held.
     */
    private static Instant putOff(QueuedMessage message, Deferred deferred) {
        boolean byItself = holdsNobodyElse(deferred)
                || message.direct() && WaitingFor.hold(deferred.reason()).holdsColdOnly();
        return byItself ? deferred.until() : null;
    }

    /** Only the gateway knows whom a number wrote to: the messages behind this one may be to others. */
    private static boolean holdsNobodyElse(Deferred deferred) {
        return deferred.reason() == DeferReason.FIRST_CONTACT_CAP;
    }

    /** Unknown, and that is told; what the owner of the device wants in that case is the next fact. */
    private List<MessageChange> lost(QueuedMessage message, Unknown unknown, UnknownPolicy policy, Instant now) {
        List<MessageChange> facts = new ArrayList<>(facts(message.lost(unknown.tryNo(), unknown.detail())));
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

    /**
     * Until when the device of a try that came back is to be silent: the message keeps its place meanwhile, and the backlog
     * behind it does not follow it to the gateway and back. Means something only of an event that moves the message.
     */
    Optional<Hold> hold(QueuedMessage message, DeliveryEvent event, Instant now) {
        return switch (Remembered.heard(message, event)) {
            case Deferred deferred ->
                holdsNobodyElse(deferred)
                        ? Optional.empty()
                        : Optional.of(
                                new Hold(deferred.deviceId(), deferred.until(), WaitingFor.hold(deferred.reason())));
            case Returned returned -> hold(message, returned, now);
            case Accepted a -> Optional.empty();
            case Rejected r -> Optional.empty();
            case Failed f -> Optional.empty();
            case Unknown u -> Optional.empty();
            case Delivered d -> Optional.empty();
            case Read r -> Optional.empty();
            case Refused r -> Optional.empty();
        };
    }

    private Optional<Hold> hold(QueuedMessage message, Returned returned, Instant now) {
        return switch (returned.reason()) {
            // Only until the device's own news arrives: from then on its state holds its messages, not this.
            case DEVICE_NOT_ONLINE -> Optional.of(hold(returned, after(1, now), WaitingFor.DEVICE_NOT_ONLINE));
            case DEVICE_REFUSED -> Optional.of(hold(returned, after(returns(message), now), WaitingFor.DEVICE_REFUSED));
            case PLATFORM_TROUBLE ->
                Optional.of(hold(returned, after(returns(message), now), WaitingFor.PLATFORM_TROUBLE));
            // Late before its time by our clock: the next try would be so too.
            case TOO_LATE ->
                message.notAfter() != null && now.isBefore(message.notAfter())
                        ? Optional.of(hold(returned, after(returns(message), now), WaitingFor.LATE_TURN))
                        : Optional.empty();
            case RECALLED, NOT_SENT, WRONG_OWNER, SUPPRESSED -> Optional.empty();
        };
    }

    private static Hold hold(Returned returned, Instant until, WaitingFor reason) {
        return new Hold(returned.deviceId(), notBefore(returned, until), reason);
    }

    private static List<MessageChange> facts(Optional<MessageChange> one) {
        return one.map(List::of).orElseGet(List::of);
    }

    private Optional<MessageChange> returned(QueuedMessage message, Returned returned, Instant now) {
        String why = returned.detail() == null ? returned.reason().wire() : returned.detail();
        return switch (returned.reason()) {
            case WRONG_OWNER -> message.refused(returned.tryNo(), FailureReason.WRONG_OWNER, why);
            case SUPPRESSED -> message.refused(returned.tryNo(), FailureReason.SUPPRESSED, why);
            // Nothing speaks against another try of this message at once; what speaks against its device holds that.
            case RECALLED, TOO_LATE, DEVICE_NOT_ONLINE -> message.cameBack(returned.tryNo(), returned.notBefore(), why);
            // The time is its device's alone, whose hold ends with any good news of it.
            case DEVICE_REFUSED -> message.cameBack(returned.tryNo(), null, why);
            // Of trouble as well, so that the next probe goes with another message: the fault may be this one's after
            // all.
            case NOT_SENT, PLATFORM_TROUBLE ->
                message.cameBack(returned.tryNo(), notBefore(returned, after(returns(message), now)), why);
        };
    }

    private Optional<MessageChange> failed(QueuedMessage message, Failed failed, Instant now) {
        return retries.afterFailure(message.attemptsBefore() + 1, random)
                .map(wait -> message.failedForNow(failed.tryNo(), now.plus(wait), failed.detail()))
                .orElseGet(() ->
                        message.failedForGood(failed.tryNo(), failed.reason().failure(), failed.detail()));
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
