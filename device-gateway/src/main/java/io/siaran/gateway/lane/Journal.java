package io.siaran.gateway.lane;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.model.DeferReason;
import io.siaran.model.DeviceCommand;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.outbox.Database;
import io.siaran.outbox.Outbox;
import io.siaran.outbox.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What was begun, given back and settled, with the pacing of the devices: one statement each, so each is whole or absent,
 * and told by the outbox in the same transaction. The statements say why they are safe. For virtual threads.
 */
@ApplicationScoped
class Journal {

    private static final String OPEN_PACING = Sql.load(Journal.class, "open-pacing.sql");
    private static final String SETTLE = Sql.load(Journal.class, "settle.sql");
    private static final String GIVE_BACK = Sql.load(Journal.class, "give-back.sql");
    private static final String TELL_AGAIN = Sql.load(Journal.class, "tell-again.sql");
    private static final String SWEEP = Sql.load(Journal.class, "sweep.sql");

    private final Database database;
    private final Outbox outbox;
    private final Duration longestCall;
    private final Semaphore gate;

    Journal(Database database, Outbox outbox, ProviderConfig call, LaneConfig lanes) {
        this.database = database;
        this.outbox = outbox;
        this.longestCall = call.timeout().plus(lanes.settleGrace());
        this.gate = new Semaphore(lanes.statementsAtOnce(), true);
    }

    /**
     * Begins the try if everything allows it now. After a throw it may have begun all the same: {@link #settle} with the
     * same turn ends that.
     *
     * @throws ImpossibleTurn when the database refuses the try's own data; then it has not begun
     */
    TurnVerdict begin(Attempt attempt) {
        Object[] arguments = BeginTurn.arguments(attempt, longestCall);
        return through(() -> {
            long askedAt = System.nanoTime();
            try {
                return BeginTurn.verdict(database.run(BeginTurn.SQL, arguments), askedAt);
            } catch (PgException refused) {
                throw BeginTurn.isRefusedData(refused)
                        ? new ImpossibleTurn("the database refuses it: " + refused.getSqlState(), refused)
                        : refused;
            }
        });
    }

    /** Makes the rows that a device's first turn needs; those that are there stay. */
    void openPacing(ConnectedDevice device) {
        run(OPEN_PACING, device.id().value(), BeginTurn.scopes(device));
    }

    /**
     * Answers whether this settled the try; false when that turn never began it, or the sweep came first and this does not
     * correct it.
     */
    boolean settle(Send send, UUID turn, Settlement settlement) {
        Long again = settlement.again() == null ? null : settlement.again().toMillis();
        return told(run(
                SETTLE,
                send.messageId().value(),
                send.tryNo(),
                settlement.state(),
                settlement.reason(),
                settlement.detail(),
                again,
                settlement.providerMessageId(),
                turn));
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
