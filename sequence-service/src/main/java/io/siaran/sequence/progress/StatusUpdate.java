package io.siaran.sequence.progress;

import io.siaran.model.DeviceId;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.WireEnum;
import io.siaran.sequence.authoring.FailurePolicy;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A status that was not known yet, beside the contact row that it is about.
 *
 * @param known where the contact was at this step before
 * @param undecided whether the enrolment is open and this step has not moved it on yet
 * @param nextTrigger where the step leads, as authored
 */
record StatusUpdate(
        MessageStatus status,
        UUID enrolment,
        Known known,
        boolean undecided,
        Transition.Policies policies,
        String nextTrigger) {

    /**
     * Empty when the row knows this version or a higher one.
     *
     * @param status of the message that the row is sent under
     */
    static Optional<StatusUpdate> of(MessageStatus status, Row row) {
        return status.version() > row.getLong("message_version")
                ? Optional.of(new StatusUpdate(
                        status,
                        row.getUUID("enrolment_id"),
                        Known.of(row),
                        row.getBoolean("undecided"),
                        new Transition.Policies(
                                WireEnum.read(FailurePolicy.class, row.getString("on_failure")),
                                WireEnum.read(FailurePolicy.class, row.getString("on_unknown"))),
                        row.getString("next_trigger")))
                : Optional.empty();
    }

    UUID contact() {
        return status.contactId().value();
    }

    String contactStatus() {
        return ContactStatus.of(status.status()).map(ContactStatus::wire).orElse(null);
    }

    String failureReason() {
        return status.failureReason() == null ? null : status.failureReason().wire();
    }

    /**
     * Whether its message may have been sent, whatever its status says. Dispatch knows, and tells it with each status, so that none
     * of them has to be seen; of what a version before told, that is what was seen so far.
     */
    boolean inDoubt() {
        return status.inDoubt() != null
                ? status.inDoubt()
                : known.inDoubt() || status.status() == MessageState.UNKNOWN || status.attempts() > 0;
    }

    StepOutcome outcome() {
        return new StepOutcome(enrolment, Transition.of(status, inDoubt(), policies), nextTrigger);
    }

    /** Whether the step had an outcome, and its message is, or was by now, sent again. */
    boolean restarts() {
        return switch (status.status()) {
            case PENDING, PROCESSING -> !known.isUnderWay();
            case SENT -> known.cameToNothing() && isLaterThanTheNextWaits(Transition.sentAt(status));
            case UNKNOWN -> known.status() == ContactStatus.FAILED && isLaterThanTheNextWaits(status.occurredAt());
            case FAILED, CANCELLED -> false;
        };
    }

    /** Whether its message may go out yet. */
    boolean mayGoOut() {
        return status.status() != MessageState.SENT;
    }

    /** The same, of a step that is under way again. */
    StatusUpdate restarted() {
        return new StatusUpdate(status, enrolment, known, true, policies, nextTrigger);
    }

    /** Whether it was sent, and the person has answered to something: perhaps to this, before the news of it came. */
    boolean mayBeAnswered() {
        return known.answered() && status.status() == MessageState.SENT;
    }

    /** Whether this outcome decides how the enrolment goes on. */
    boolean decides() {
        return undecided && !(outcome().transition() instanceof Transition.KeepWaiting);
    }

    /**
     * Of a retry the end may be all that is seen, because only the newest status is looked at. What it says is then of a time after that
     * from which the next step waits; a late truth about the old try is of one before.
     */
    private boolean isLaterThanTheNextWaits(Instant at) {
        return known.walkIsOpen() && known.later() != null && at.isAfter(known.laterSince());
    }

    /**
     * The row as it was before this status.
     *
     * @param inDoubt whether its message may have been sent, as far as was told
     * @param answered whether the person has answered to something, and not to this as far as is known
     * @param later the step of the same walk that came to be under way after this one, or null
     * @param laterSince since when that one waits
     */
    record Known(
            ContactStatus status,
            boolean inDoubt,
            boolean answered,
            String enrolmentStatus,
            DeviceId device,
            UUID later,
            Instant laterSince) {

        static Known of(Row row) {
            return new Known(
                    WireEnum.read(ContactStatus.class, row.getString("status")),
                    row.getBoolean("in_doubt"),
                    row.getBoolean("answered"),
                    row.getString("enrolment_status"),
                    DeviceId.orNull(row.getUUID("processing_device_id")),
                    row.getUUID("later_id"),
                    EnrolmentSummary.time(row, "later_since"));
        }

        boolean isUnderWay() {
            return status == ContactStatus.ACTIVE || status == ContactStatus.PENDING;
        }

        boolean cameToNothing() {
            return status == ContactStatus.FAILED || status == ContactStatus.UNKNOWN;
        }

        boolean walkIsOpen() {
            return enrolmentStatus.equals("open");
        }

        boolean walkIsOver() {
            return enrolmentStatus.equals("completed");
        }
    }
}
