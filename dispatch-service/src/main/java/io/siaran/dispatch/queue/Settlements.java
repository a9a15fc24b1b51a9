package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.Settlement;
import io.siaran.dispatch.message.Settlement.Anew;
import io.siaran.dispatch.message.Settlement.Ended;
import io.siaran.dispatch.message.Settlement.Learnt;
import io.siaran.dispatch.message.Settlement.Lost;
import io.siaran.dispatch.message.Settlement.Move;
import io.siaran.dispatch.message.Settlement.Sent;
import io.siaran.dispatch.message.Settlement.Stopped;
import io.siaran.dispatch.message.Settlement.Waits;
import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.Wire;
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
public class Settlements {

    private static final String SETTLE = Sql.load(Settlements.class, "settle.sql");
    private static final String LEARN = Sql.load(Settlements.class, "learn.sql");
    private static final String ANEW = Sql.load(Settlements.class, "anew.sql");
    private static final String UNSENDABLE = Sql.load(Settlements.class, "unsendable.sql");

    private final Stops stops;
    private final DeviceQueue devices;
    private final MessageMetrics metrics;

    Settlements(Stops stops, DeviceQueue devices, MessageMetrics metrics) {
        this.stops = stops;
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

    /** Outcomes and receipts: at most one settlement a message. */
    public void write(Tx tx, List<Settlement> settlements) {
        move(tx, only(Move.class, settlements));
        learn(tx, only(Learnt.class, settlements));
    }

    /** Decisions: at most one settlement a message. Tells the devices that have something to do by that. */
    public void write(Tx tx, List<Settlement> settlements, Lifetimes lifetimes) {
        write(tx, settlements);
        stop(tx, only(Stopped.class, settlements));
        devices.due(tx, beginAnew(tx, only(Anew.class, settlements), lifetimes));
    }

    /** Those of these messages that may not be sent (any more), as intake would say, and why. */
    public Map<MessageId, FailureReason> unsendable(Tx tx, Collection<MessageId> ids) {
        Map<MessageId, FailureReason> reasons = new HashMap<>();
        if (!ids.isEmpty()) {
            UUID[] keys = ids.stream().map(MessageId::value).toArray(UUID[]::new);
            tx.run(UNSENDABLE, (Object) keys)
                    .forEach(row -> reasons.put(
                            new MessageId(row.getUUID("id")), Wire.read(FailureReason.class, row.getString("reason"))));
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

    private void move(Tx tx, List<Move> moves) {
        if (moves.isEmpty()) {
            return;
        }
        var columns = new Columns<>(moves);
        metrics.moved(tx.run(
                SETTLE,
                columns.uuids(s -> s.id().value()),
                columns.wires(Settlements::status),
                columns.integers(Move::attempts),
                columns.times(s -> s instanceof Waits waits ? waits.dueAt() : null),
                columns.wires(s -> s instanceof Ended ended ? ended.reason() : null),
                columns.texts(Move::detail),
                columns.times(s -> s instanceof Sent sent ? sent.sentAt() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.providerMessageId() : null),
                columns.texts(s -> s instanceof Sent sent ? sent.sentText() : null),
                columns.integers(s -> s instanceof Sent sent ? sent.took() : null),
                columns.integers(s -> s instanceof Ended ended ? ended.refused() : null),
                columns.integers(s -> s instanceof Waits waits ? waits.supersedes() : null)));
    }

    private static void learn(Tx tx, List<Learnt> learnt) {
        if (learnt.isEmpty()) {
            return;
        }
        var columns = new Columns<>(learnt);
        tx.run(
                LEARN,
                columns.uuids(s -> s.id().value()),
                columns.times(Learnt::sentAt),
                columns.times(Learnt::deliveredAt),
                columns.times(Learnt::readAt),
                columns.texts(Learnt::providerMessageId),
                columns.texts(Learnt::sentText),
                columns.integers(Learnt::took),
                columns.integers(Learnt::refused));
    }

    private void stop(Tx tx, List<Stopped> stopped) {
        if (!stopped.isEmpty()) {
            var columns = new Columns<>(stopped);
            stops.stop(tx, columns.uuids(s -> s.id().value()), columns.wires(Stopped::reason));
        }
    }

    private List<Due> beginAnew(Tx tx, List<Anew> messages, Lifetimes lifetimes) {
        if (messages.isEmpty()) {
            return List.of();
        }
        var columns = new Columns<>(messages);
        var rows = tx.run(
                ANEW,
                columns.uuids(m -> m.id().value()),
                columns.integers(Anew::supersedes),
                lifetimes.direct().toSeconds(),
                lifetimes.planned().toSeconds());
        metrics.moved(MessageState.PENDING, rows.rowCount());
        return StreamSupport.stream(rows.spliterator(), false)
                .map(MessageStore::due)
                .toList();
    }

    /** Null for an end: its reason says whether it failed or was cancelled. */
    private static MessageState status(Move move) {
        return switch (move) {
            case Sent sent -> MessageState.SENT;
            case Waits waits -> MessageState.PENDING;
            case Lost lost -> MessageState.UNKNOWN;
            case Ended ended -> null;
        };
    }

    private static <S extends Settlement> List<S> only(Class<S> type, List<Settlement> settlements) {
        return settlements.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
