package io.siaran.gateway.lane;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeferReason;
import io.siaran.model.DeviceCommand;
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
 * What was begun, given back and settled, with the pacing of the devices: each is whole or absent, and told by the outbox
 * in the same transaction. What begins or ends at the same time does so in one statement. The statements say why they are
 * safe. For virtual threads.
 */
@ApplicationScoped
class Journal {

    private static final String OPEN_PACING = Sql.load(Journal.class, "open-pacing.sql");
    private static final String GIVE_BACK = Sql.load(Journal.class, "give-back.sql");
    private static final String TELL_AGAIN = Sql.load(Journal.class, "tell-again.sql");
    private static final String SWEEP = Sql.load(Journal.class, "sweep.sql");

    private final Database database;
    private final Outbox outbox;
    private final Duration longestCall;
    private final Semaphore gate;
    private final Gathering<Attempt, TurnVerdict> beginnings;
    private final Gathering<Ending, Boolean> endings;

    Journal(Database database, Outbox outbox, ProviderConfig call, LaneConfig lanes) {
        this.database = database;
        this.outbox = outbox;
        this.longestCall = call.timeout().plus(lanes.settleGrace());
        this.gate = new Semaphore(lanes.statementsAtOnce(), true);
        this.beginnings = gathering(lanes, Attempt::send, this::beginAll);
        this.endings = gathering(lanes, Ending::send, this::settleAll);
    }

    /**
     * In one order whoever comes: two groups that want the same rows wait for each other one way only. By user first, since
     * a turn holds its user's shared rate until its whole group commits. A statement is about no device and no message twice.
     */
    private static <T, R> Gathering<T, R> gathering(
            LaneConfig lanes, Function<T, Send> send, Function<List<T>, List<R>> work) {
        Comparator<T> byUserAndDevice = Comparator.<T, String>comparing(
                        item -> send.apply(item).userId().value())
                .thenComparing(item -> send.apply(item).deviceId().value());
        return new Gathering<>(
                lanes.groupsAtOnce(),
                lanes.largestGroup(),
                byUserAndDevice,
                item -> List.of(send.apply(item).deviceId(), send.apply(item).messageId()),
                work,
                Refused::isCertain);
    }

    /**
     * Begins the try if everything allows it now. After a throw it may have begun all the same: {@link #settle} with the
     * same turn ends that.
     *
     * @throws ImpossibleTurn when the database refuses the try's own data; then it has not begun
     */
    TurnVerdict begin(Attempt attempt) {
        try {
            return beginnings.ask(attempt);
        } catch (PgException refused) {
            throw Refused.isOfTheData(refused)
                    ? new ImpossibleTurn("the database refuses it: " + refused.getSqlState(), refused)
                    : refused;
        }
    }

    private List<TurnVerdict> beginAll(List<Attempt> group) {
        List<List<Attempt>> calls = Beginnings.calls(group);
        List<Object[]> tuples = calls.stream()
                .map(call -> Beginnings.arguments(call, longestCall))
                .toList();
        return through(() -> {
            long askedAt = System.nanoTime();
            List<RowSet<Row>> rows = database.runAll(Beginnings.SQL, tuples);
            return IntStream.range(0, calls.size())
                    .boxed()
                    .flatMap(i -> Beginnings.verdicts(calls.get(i), rows.get(i), askedAt).stream())
                    .toList();
        });
    }

    /** Makes the rows that a device's first turn needs; those that are there stay. */
    void openPacing(ConnectedDevice device) {
        run(OPEN_PACING, device.id().value(), Beginnings.scopes(device));
    }

    /**
     * Answers whether this settled the try; false when that turn never began it, it is settled, or the sweep came first and
     * this knows no better.
     */
    boolean settle(Send send, UUID turn, Settlement settlement) {
        return endings.ask(new Ending(send, turn, settlement));
    }

    private List<Boolean> settleAll(List<Ending> group) {
        RowSet<Row> settled = run(Ending.SQL, Ending.arguments(group));
        told(settled);
        return Ending.settled(group, settled);
    }

    /** Ends a try that never began; one that is known already stays as it is, and is told again. Answers whether it did. */
    boolean giveBack(DeviceCommand command, ReturnReason reason, Duration notWithin) {
        Long again = notWithin == null ? null : notWithin.toMillis();
        return endUnbegun(command, "returned", reason.wire(), null, again, null);
    }

    /** As {@link #giveBack}: a rule of sending says not before {@code until}. */
    boolean defer(Send send, Instant until, DeferReason reason) {
        return endUnbegun(send, "deferred", reason.wire(), null, null, until.atOffset(ZoneOffset.UTC));
    }

    /** As {@link #giveBack}: it cannot be sent, and said so before any call. */
    boolean fail(Send send, String detail) {
        return endUnbegun(send, "failed", null, detail, null, null);
    }

    private boolean endUnbegun(
            DeviceCommand command, String state, String reason, String detail, Long notWithin, OffsetDateTime until) {
        boolean inserted = told(run(
                GIVE_BACK,
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
            tellAgain(command);
        }
        return inserted;
    }

    void tellAgain(DeviceCommand command) {
        told(run(TELL_AGAIN, command.messageId().value(), command.tryNo()));
    }

    /** Settles calls that were cut as unknown, at most so many; answers how many. */
    int sweep(int atMost) {
        RowSet<Row> swept = run(SWEEP, atMost);
        told(swept);
        return swept.rowCount();
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

    private boolean told(RowSet<Row> events) {
        if (events.rowCount() > 0) {
            outbox.wake();
        }
        return events.rowCount() > 0;
    }
}
