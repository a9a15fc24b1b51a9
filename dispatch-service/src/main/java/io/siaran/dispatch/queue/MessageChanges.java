package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.MessageChange;
import io.siaran.dispatch.message.MessageChange.Ended;
import io.siaran.dispatch.message.MessageChange.EvidenceAdded;
import io.siaran.dispatch.message.MessageChange.OutcomeUnknown;
import io.siaran.dispatch.message.MessageChange.Requeued;
import io.siaran.dispatch.message.MessageChange.Restarted;
import io.siaran.dispatch.message.MessageChange.Sent;
import io.siaran.dispatch.message.MessageChange.StatusChange;
import io.siaran.dispatch.message.MessageChange.Stopped;
import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.WireEnum;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes what became of messages that {@link OpenMessages#lock} answered; one statement for each shape. */
@ApplicationScoped
public class MessageChanges {

    private static final String SETTLE = Sql.load(MessageChanges.class, "settle.sql");
    private static final String LEARN = Sql.load(MessageChanges.class, "add-evidence.sql");
    private static final String ANEW = Sql.load(MessageChanges.class, "restart.sql");
    private static final String UNSENDABLE = Sql.load(MessageChanges.class, "unsendable.sql");

    private final EndUnsent unsent;
    private final DeviceQueue devices;
    private final MessageMetrics metrics;

    MessageChanges(EndUnsent unsent, DeviceQueue devices, MessageMetrics metrics) {
        this.unsent = unsent;
        this.devices = devices;
        this.metrics = metrics;
    }

    /**
     * How long a message that begins anew may wait, where its own time is over.
     *
     * @param direct for direct messages and tests
     * @param planned for campaigns and steps
     */
    public record Lifetimes(Duration direct, Duration planned) {}

    /** Outcomes and receipts: at most one change a message. */
    public void write(Tx tx, List<MessageChange> changes) {
        move(tx, only(StatusChange.class, changes));
        learn(tx, only(EvidenceAdded.class, changes));
    }

    /** Decisions: at most one change a message. Tells the devices that have something to do by that. */
    public void write(Tx tx, List<MessageChange> changes, Lifetimes lifetimes) {
        write(tx, changes);
        stop(tx, only(Stopped.class, changes));
        devices.due(tx, restart(tx, only(Restarted.class, changes), lifetimes));
    }

    /** Those of these messages that may not be sent (any more), as intake would say, and why. */
    public Map<MessageId, FailureReason> unsendable(Tx tx, Collection<MessageId> ids) {
        Map<MessageId, FailureReason> reasons = new HashMap<>();
        if (!ids.isEmpty()) {
            UUID[] keys = ids.stream().map(MessageId::value).toArray(UUID[]::new);
            tx.run(UNSENDABLE, (Object) keys)
                    .forEach(row -> reasons.put(
                            new MessageId(row.getUUID("id")),
                            WireEnum.read(FailureReason.class, row.getString("reason"))));
        }
        return reasons;
    }

    /** Ends those of these messages that wait and may not be sent. */
    public void stopUnsendable(Tx tx, Collection<MessageId> ids) {
        stop(
                tx,
                unsendable(tx, ids).entrySet().stream()
                        .map(entry -> new Stopped(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private void move(Tx tx, List<StatusChange> moves) {
        if (moves.isEmpty()) {
            return;
        }
        var columns = new Columns<>(moves);
        metrics.settled(tx.run(
                SETTLE,
                columns.uuids(s -> s.id().value()),
                columns.wires(MessageChanges::status),
                columns.integers(StatusChange::attempts),
                columns.times(s -> s instanceof Requeued waits ? waits.dueAt() : null),
                columns.wires(s -> s instanceof Ended ended ? ended.reason() : null),
                columns.texts(StatusChange::detail),
                columns.times(s -> s instanceof Sent sent ? sent.sentAt() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.providerMessageId() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.sentText() : null),
                columns.integers(s -> s instanceof Sent sent ? sent.took() : null),
                columns.integers(s -> s instanceof Ended ended ? ended.refused() : null),
                columns.integers(s -> s instanceof Requeued waits ? waits.supersedes() : null),
                columns.wires(s -> s instanceof Sent sent ? sent.lane() : null)));
    }

    private static void learn(Tx tx, List<EvidenceAdded> learnt) {
        if (learnt.isEmpty()) {
            return;
        }
        var columns = new Columns<>(learnt);
        tx.run(
                LEARN,
                columns.uuids(s -> s.id().value()),
                columns.times(EvidenceAdded::sentAt),
                columns.times(EvidenceAdded::deliveredAt),
                columns.times(EvidenceAdded::readAt),
                columns.texts(EvidenceAdded::providerMessageId),
                columns.texts(EvidenceAdded::sentText),
                columns.integers(EvidenceAdded::took),
                columns.integers(EvidenceAdded::refused),
                columns.wires(EvidenceAdded::lane));
    }

    private void stop(Tx tx, List<Stopped> stopped) {
        if (!stopped.isEmpty()) {
            var columns = new Columns<>(stopped);
            unsent.end(tx, columns.uuids(s -> s.id().value()), columns.wires(Stopped::reason));
        }
    }

    private List<Due> restart(Tx tx, List<Restarted> messages, Lifetimes lifetimes) {
        if (messages.isEmpty()) {
            return List.of();
        }
        var columns = new Columns<>(messages);
        var rows = tx.run(
                ANEW,
                columns.uuids(m -> m.id().value()),
                columns.integers(Restarted::supersedes),
                lifetimes.direct().toSeconds(),
                lifetimes.planned().toSeconds());
        metrics.moved(MessageState.PENDING, rows.rowCount());
        return StreamSupport.stream(rows.spliterator(), false)
                .map(MessageStore::due)
                .toList();
    }

    /** Null for an end: its reason says whether it failed or was cancelled. */
    private static MessageState status(StatusChange move) {
        return switch (move) {
            case Sent sent -> MessageState.SENT;
            case Requeued waits -> MessageState.PENDING;
            case OutcomeUnknown lost -> MessageState.UNKNOWN;
            case Ended ended -> null;
        };
    }

    private static <S extends MessageChange> List<S> only(Class<S> type, List<MessageChange> changes) {
        return changes.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
