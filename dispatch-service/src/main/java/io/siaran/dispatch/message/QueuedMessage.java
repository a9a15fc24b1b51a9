package io.siaran.dispatch.message;

import io.siaran.dispatch.message.MessageChange.EvidenceAdded;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A message as far as its status is concerned, with the moves that outcomes and receipts may make. Each answers empty
 * where there is nothing to write: the move is not legal, or the row says so already.
 *
 * @param attempts how many tries the platform acted on
 * @param releasedAt when its last try was released, or null where that is not known any more
 * @param notAfter when its last try had to have begun, or null
 * @param ending what the message ends with if its try comes back; null: it waits again
 * @param reason why it failed or was cancelled, or null
 * @param evidence what the platform told of it
 * @param direct whether it goes before all plans, since it may be an answer
 */
public record QueuedMessage(
        MessageId id,
        DeviceId deviceId,
        MessageState status,
        int tryNo,
        int attempts,
        Instant releasedAt,
        Instant notAfter,
        FailureReason ending,
        FailureReason reason,
        Evidence evidence,
        boolean direct) {

    /** One of a plan, of whose release nothing is known. */
    public QueuedMessage(
            MessageId id,
            DeviceId deviceId,
            MessageState status,
            int tryNo,
            int attempts,
            Instant notAfter,
            FailureReason ending,
            FailureReason reason,
            Evidence evidence) {
        this(id, deviceId, status, tryNo, attempts, null, notAfter, ending, reason, evidence, false);
    }

    /**
     * The platform took it. True of whatever try, and whatever was believed before, even of one forgotten by a restore;
     * unless it told already that it could not deliver that very try.
     */
    public Optional<MessageChange> accepted(Accepted truth) {
        Instant at = notBeforeRelease(truth.tryNo(), truth.at());
        boolean refused = evidence.refused().contains(truth.tryNo());
        if (status == MessageState.SENT || refused) {
            boolean isOfThisEnd = status == MessageState.SENT || reason == FailureReason.REJECTED_AFTER_ACCEPT;
            return isOfThisEnd && addsTo(truth, at, refused)
                    ? Optional.of(answerOf(truth, at, refused))
                    : Optional.empty();
        }
        return Optional.of(new MessageChange.Sent(
                id,
                attemptsOnceTaken(truth.tryNo()),
                truth.tryNo(),
                at,
                truth.providerMessageId(),
                truth.sentText(),
                null,
                truth.lane()));
    }

    /** It reached the phone: proof that this try went out, whatever was believed or told before. */
    public List<MessageChange> delivered(int ofTry, Instant told) {
        Instant at = notBeforeRelease(ofTry, told);
        List<MessageChange> facts = new ArrayList<>();
        if (status != MessageState.SENT) {
            facts.add(new MessageChange.Sent(id, attemptsOnceTaken(ofTry), ofTry, at, null, null, null, null));
        }
        if (evidence.deliveredAt() == null) {
            facts.add(EvidenceAdded.delivered(id, ofTry, at));
        } else if (!evidence.knows(ofTry, at)) {
            facts.add(EvidenceAdded.took(id, ofTry, at));
        }
        return facts;
    }

    /** It was opened, hence delivered. */
    public List<MessageChange> read(int ofTry, Instant told) {
        List<MessageChange> facts = delivered(ofTry, told);
        if (evidence.readAt() == null) {
            Instant at = notBeforeRelease(ofTry, told);
            facts.add(EvidenceAdded.read(id, later(at, evidence.deliveredAt())));
        }
        return facts;
    }

    /**
     * The platform took this try and could not deliver it. Empty for a message that was delivered: the phone knows better
     * than the platform, and a second copy, which a knowing resend may make, can be refused without harm.
     */
    public Optional<MessageChange> refusedByPlatform(int ofTry, String detail) {
        if (evidence.deliveredAt() != null || evidence.refused().contains(ofTry)) {
            return Optional.empty();
        }
        boolean wasItsLast = status == MessageState.SENT && !evidence.wentOutOtherwiseThan(ofTry);
        if (wasItsLast || isOpenUnder(ofTry)) {
            int attemptsNow = status == MessageState.PROCESSING ? attempts + 1 : attempts;
            return Optional.of(
                    new MessageChange.Ended(id, attemptsNow, FailureReason.REJECTED_AFTER_ACCEPT, detail, ofTry));
        }
        return Optional.of(EvidenceAdded.refused(id, ofTry));
    }

    /** Provably not sent, and no attempt burnt: waits until {@code dueAt}, null: in its place, or ends if somebody stopped it meanwhile. */
    public Optional<MessageChange> cameBack(int ofTry, Instant dueAt, String detail) {
        return isOpenUnder(ofTry) ? Optional.of(waitOrEnd(attemptsBefore(), dueAt, detail)) : Optional.empty();
    }

    /** The platform failed it, and it may be tried again at {@code dueAt}. */
    public Optional<MessageChange> failedForNow(int ofTry, Instant dueAt, String detail) {
        return isOpenUnder(ofTry) ? Optional.of(waitOrEnd(attemptsBefore() + 1, dueAt, detail)) : Optional.empty();
    }

    /** The platform acted, and no other try would end better. */
    public Optional<MessageChange> failedForGood(int ofTry, FailureReason why, String detail) {
        return isOpenUnder(ofTry)
                ? Optional.of(new MessageChange.Ended(id, attemptsBefore() + 1, why, detail, null))
                : Optional.empty();
    }

    /** It came back unsent, and must not be released again. */
    public Optional<MessageChange> refused(int ofTry, FailureReason why, String detail) {
        return isOpenUnder(ofTry)
                ? Optional.of(new MessageChange.Ended(id, attemptsBefore(), why, detail, null))
                : Optional.empty();
    }

    /** It may have been sent: never released again by itself. */
    public Optional<MessageChange> lost(int ofTry, String detail) {
        return status == MessageState.PROCESSING && tryNo == ofTry
                ? Optional.of(new MessageChange.OutcomeUnknown(id, attempts + 1, detail))
                : Optional.empty();
    }

    /** Nobody knows whether its last try went out, and it is to count as sent. */
    public MessageChange assumedSent(Instant at, String because) {
        return new MessageChange.Sent(id, attempts, tryNo, notBeforeRelease(tryNo, at), null, null, because, null);
    }

    /** Nobody knows whether its last try went out, and it is knowingly tried again; empty if somebody stopped it. */
    public Optional<MessageChange> triedAgain(Instant dueAt, String because) {
        return ending == null
                ? Optional.of(new MessageChange.Requeued(id, attempts, dueAt, because, tryNo))
                : Optional.empty();
    }

    /** The attempts before the try that is open; an unknown one is counted already, and may turn out not to count. */
    public int attemptsBefore() {
        return status == MessageState.UNKNOWN ? Math.max(attempts - 1, 0) : attempts;
    }

    /** This message once that is written. */
    public QueuedMessage after(MessageChange change) {
        Evidence known = evidence.with(change);
        return switch (change) {
            case MessageChange.Sent sent -> moved(MessageState.SENT, sent.attempts(), null, null, known);
            case MessageChange.Requeued waits -> moved(MessageState.PENDING, waits.attempts(), null, null, known);
            case MessageChange.OutcomeUnknown lost -> moved(MessageState.UNKNOWN, lost.attempts(), ending, null, known);
            case MessageChange.Ended ended ->
                moved(ended.reason().status(), ended.attempts(), null, ended.reason(), known);
            case MessageChange.Restarted anew -> moved(MessageState.PENDING, 0, null, null, known);
            case MessageChange.Stopped stopped ->
                status == MessageState.PENDING
                        ? moved(stopped.reason().status(), attempts, null, stopped.reason(), known)
                        : moved(status, attempts, stopped.reason(), reason, known);
            case EvidenceAdded learnt -> moved(status, attempts, ending, reason, known);
        };
    }

    private QueuedMessage moved(
            MessageState to, int attemptsNow, FailureReason endingNow, FailureReason why, Evidence known) {
        return new QueuedMessage(
                id, deviceId, to, tryNo, attemptsNow, releasedAt, notAfter, endingNow, why, known, direct);
    }

    /** A platform tells whole seconds, and no clock is quite ours; but nothing that becomes of a try comes before it. */
    private Instant notBeforeRelease(int ofTry, Instant told) {
        return ofTry == tryNo ? later(told, releasedAt) : told;
    }

    private static Instant later(Instant at, Instant other) {
        return other != null && at.isBefore(other) ? other : at;
    }

    private boolean addsTo(Accepted truth, Instant at, boolean refused) {
        return evidence.lacksTheAnswerOf(truth) || !(refused || evidence.knows(truth.tryNo(), at));
    }

    private EvidenceAdded answerOf(Accepted truth, Instant at, boolean refused) {
        return new EvidenceAdded(
                id,
                refused ? null : truth.tryNo(),
                null,
                at,
                null,
                null,
                truth.providerMessageId(),
                truth.sentText(),
                truth.lane());
    }

    private MessageChange waitOrEnd(int attemptsNow, Instant dueAt, String detail) {
        return ending == null
                ? new MessageChange.Requeued(id, attemptsNow, dueAt, detail, null)
                : new MessageChange.Ended(id, attemptsNow, ending, detail, null);
    }

    private int attemptsOnceTaken(int taken) {
        boolean inFlight = status == MessageState.PROCESSING && tryNo == taken;
        return inFlight ? attempts + 1 : Math.min(Math.max(attempts, 1), tryNo);
    }

    /** Whether the outcome of this try is what the message waits for: in flight, or lost on the way. */
    private boolean isOpenUnder(int ofTry) {
        return tryNo == ofTry && (status == MessageState.PROCESSING || status == MessageState.UNKNOWN);
    }
}
