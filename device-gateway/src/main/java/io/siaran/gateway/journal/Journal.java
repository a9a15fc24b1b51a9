package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.BreakerConfig;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeferReason;
import io.siaran.model.DeviceCommand;
import io.siaran.model.FailReason;
import io.siaran.model.RejectReason;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Begins, settles and gives back tries, together with the pacing of their devices: each change is whole or absent, and is
 * published through the outbox in the same transaction. Tries that begin or end at the same time do so in one statement.
 * Each statement says why it is safe. For virtual threads.
 */
@ApplicationScoped
public class Journal {

    private static final String OPEN_PACING = Sql.load(Journal.class, "open-pacing.sql");
    private static final String END_UNBEGUN = Sql.load(Journal.class, "end-unbegun-try.sql");
    private static final String REPEAT_OUTCOME = Sql.load(Journal.class, "repeat-outcome.sql");
    private static final String RESCUE = Sql.load(Journal.class, "rescue-cut-calls.sql");

    private final Database database;
    private final Outbox outbox;
    private final Duration settleGrace;
    private final Duration longestHold;
    private final Duration replyLane;
    private final Semaphore gate;
    private final GroupCommit<Attempt, BeginVerdict> beginnings;
    private final GroupCommit<EndedCall, Boolean> endings;

    public Journal(Database database, Outbox outbox, JournalConfig config, BreakerConfig breakers) {
        this.database = database;
        this.outbox = outbox;
        this.settleGrace = config.settleGrace();
        this.longestHold = breakers.longest();
        this.replyLane = config.replyLane();
        this.gate = new Semaphore(config.statementsAtOnce(), true);
        this.beginnings = groupCommit(config, Attempt::send, this::beginAll);
        this.endings = groupCommit(config, EndedCall::send, this::settleAll);
    }

    /**
     * All groups lock in one order, so two groups that want the same rows cannot deadlock. The user comes first, since a turn
     * holds its user's shared rate until its whole group commits. No group has a device or a message twice.
     */
    private static <T, R> GroupCommit<T, R> groupCommit(
            JournalConfig config, Function<T, Send> send, Function<List<T>, List<R>> work) {
        Comparator<T> byUserAndDevice = Comparator.<T, String>comparing(
                        item -> send.apply(item).userId().value())
                .thenComparing(item -> send.apply(item).deviceId().value());
        return new GroupCommit<>(
                config.groupsAtOnce(),
                config.largestGroup(),
                byUserAndDevice,
                item -> List.of(send.apply(item).deviceId(), send.apply(item).messageId()),
                work,
                SqlRefusal::isCertain);
    }

    /**
     * Begins the try if everything allows it now. After a throw it may have begun all the same: {@link #settle} with the
     * same turn ends that.
     *
     * @throws ImpossibleTry when the database refuses the try's own data; then it has not begun
     */
    public BeginVerdict begin(Attempt attempt) {
        try {
            return beginnings.ask(attempt);
        } catch (PgException refused) {
            throw SqlRefusal.isOfTheData(refused)
                    ? new ImpossibleTry("the database refuses it: " + refused.getSqlState(), refused)
                    : refused;
        }
    }

    private List<BeginVerdict> beginAll(List<Attempt> group) {
        List<List<Attempt>> calls = BeginTries.calls(group);
        List<Object[]> tuples = calls.stream()
                .map(call -> BeginTries.arguments(call, settleGrace, longestHold, replyLane))
                .toList();
        return through(() -> {
            long askedAt = System.nanoTime();
            List<RowSet<Row>> rows = database.runAll(BeginTries.SQL, tuples);
            return IntStream.range(0, calls.size())
                    .boxed()
                    .flatMap(i -> BeginTries.verdicts(calls.get(i), rows.get(i), askedAt).stream())
                    .toList();
        });
    }

    /** Makes the rows that a device's first turn needs; those that are there stay. */
    public void openPacing(ConnectedDevice device) {
        run(OPEN_PACING, device.id().value(), BeginTries.scopes(device));
    }

    /**
     * Answers whether this settled the try; false when that turn never began it, it is settled, or was rescued first and this
     * knows no better.
     */
    public boolean settle(Send send, UUID turn, CallOutcome outcome) {
        return endings.ask(new EndedCall(send, turn, outcome));
    }

    private List<Boolean> settleAll(List<EndedCall> group) {
        RowSet<Row> settled = run(EndedCall.SQL, EndedCall.arguments(group));
        published(settled);
        return EndedCall.settled(group, settled);
    }

    /** Ends a try that never began; one that is known already stays as it is, and its outcome is published again. Answers whether it
     * did. */
    public boolean giveBack(DeviceCommand command, ReturnReason reason, Duration notWithin) {
        Long again = notWithin == null ? null : notWithin.toMillis();
        return endUnbegun(command, "returned", reason.wire(), null, again, null);
    }

    /** As {@link #giveBack}: a rule of sending says not before {@code until}. */
    public boolean defer(Send send, Instant until, DeferReason reason) {
        return endUnbegun(send, "deferred", reason.wire(), null, null, until.atOffset(ZoneOffset.UTC));
    }

    /** As {@link #giveBack}: it cannot be sent, which was known before any call. */
    public boolean fail(Send send, String detail) {
        return endUnbegun(send, "failed", FailReason.PROVIDER_FAILED.wire(), detail, null, null);
    }

    /** As {@link #giveBack}: the platform will never send it, which was known before any call. */
    public boolean reject(Send send, RejectReason reason, String detail) {
        return endUnbegun(send, "rejected", reason.wire(), detail, null, null);
    }

    private boolean endUnbegun(
            DeviceCommand command, String state, String reason, String detail, Long notWithin, OffsetDateTime until) {
        boolean inserted = published(run(
                END_UNBEGUN,
                command.messageId().value(),
                command.tryNo(),
                command.deviceId().value(),
                command.userId().value(),
                state,
                reason,
                detail,
                notWithin,
                until));
        if (!inserted) {
            repeatOutcome(command);
        }
        return inserted;
    }

    /** Publishes once more how a try ended; nothing where its call is still under way. */
    public void repeatOutcome(DeviceCommand command) {
        published(run(REPEAT_OUTCOME, command.messageId().value(), command.tryNo()));
    }

    /** Settles calls that were cut as unknown, at most so many; answers how many. */
    public int rescueCutCalls(int atMost) {
        RowSet<Row> rescued = run(RESCUE, atMost);
        published(rescued);
        return rescued.rowCount();
    }

    private RowSet<Row> run(String sql, Object... arguments) {
        return through(() -> database.run(sql, arguments));
    }

    private <T> T through(Supplier<T> statement) {
        gate.acquireUninterruptibly();
        try {
            return statement.get();
        } finally {
            gate.release();
        }
    }

    private boolean published(RowSet<Row> events) {
        if (events.rowCount() > 0) {
            outbox.wake();
        }
        return events.rowCount() > 0;
    }
}
