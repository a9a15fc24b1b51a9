package io.siaran.gateway.lane;

import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.lane.TurnVerdict.TurnRow;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.model.DeviceCommand;
import io.siaran.model.DeviceId;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.outbox.Database;
import io.siaran.outbox.Outbox;
import io.siaran.outbox.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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

    private static final String BEGIN = Sql.load(Journal.class, "begin-turn.sql");
    private static final String SUPERSEDE = Sql.load(Journal.class, "supersede.sql");
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
     * @param turn names this attempt, and no other
     * @param text what will be sent, made for that device
     */
    TurnVerdict begin(Send send, UUID turn, ConnectedDevice device, Duration delay, String text) {
        Object[] arguments = {
            send.messageId().value(),
            send.tryNo(),
            send.deviceId().value(),
            send.userId().value(),
            send.recipientPhone().digits(),
            Math.toIntExact(delay.toMillis()),
            send.notAfter().atOffset(ZoneOffset.UTC),
            Math.toIntExact(longestCall.toMillis()),
            device.version(),
            text,
            turn
        };
        return through(() -> {
            long askedAt = System.nanoTime();
            return verdict(
                    send.supersedes() == null ? database.run(BEGIN, arguments) : resend(send, arguments), askedAt);
        });
    }

    void openPacing(DeviceId device) {
        run(OPEN_PACING, device.value());
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
        boolean inserted = told(run(
                GIVE_BACK,
                command.messageId().value(),
                command.tryNo(),
                command.deviceId().value(),
                command.userId().value(),
                reason.wire(),
                notWithin == null ? null : notWithin.toMillis()));
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

    private RowSet<Row> resend(Send send, Object[] arguments) {
        return database.inTransaction(tx -> {
            tx.run(SUPERSEDE, send.messageId().value(), send.supersedes());
            return tx.run(BEGIN, arguments);
        });
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

    private static TurnVerdict verdict(RowSet<Row> rows, long askedAt) {
        for (Row row : rows) {
            return TurnVerdict.of(
                    new TurnRow(
                            row.getBoolean("begun"),
                            row.getBoolean("known"),
                            row.getString("status"),
                            Boolean.TRUE.equals(row.getBoolean("own")),
                            Boolean.TRUE.equals(row.getBoolean("current")),
                            row.getBoolean("suppressed"),
                            row.getBoolean("too_late"),
                            row.getLong("wait_ms")),
                    askedAt);
        }
        return new TurnVerdict.FirstWords();
    }
}
