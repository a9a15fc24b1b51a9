package io.siaran.dispatch.retention;

import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.StreamSupport;

/** The partitions of {@code broadcast_messages}: one a month (UTC) of the messages' ids, and one for all other ids. */
@ApplicationScoped
class Months {

    private static final String MISSING = "SELECT month FROM missing_months() AS month";
    private static final String ADD = "SELECT add_month(month) FROM missing_months() AS month WHERE month = $1";
    private static final String THERE = Sql.load(Months.class, "months.sql");
    private static final String BEFORE =
            THERE + " WHERE month < date_trunc('month', now() AT TIME ZONE 'UTC') - $1::text::interval ORDER BY month";
    private static final String RAISE = Sql.load(Months.class, "raise.sql");
    private static final String ENDED = Sql.load(Months.class, "ended.sql");
    private static final String FORGET_FACTS = Sql.load(Months.class, "forget-facts.sql");
    private static final int BATCH = 10_000;

    /** Later than any margin. */
    private static final YearMonth NEVER = YearMonth.of(9999, 12);

    private final Database database;

    Months(Database database) {
        this.database = database;
    }

    List<YearMonth> missing() {
        return read(database.run(MISSING));
    }

    /** Those that there are and that ended at least so long ago. */
    List<YearMonth> before(Period kept) {
        return read(database.run(BEFORE, kept.toString()));
    }

    /** Whether anything of this month may still be sent, or is not known to have been: an unknown message has not ended. */
    boolean hasOpen(YearMonth month) {
        return database.run(open(month, "'pending', 'processing', 'unknown'"))
                .iterator()
                .next()
                .getBoolean("found");
    }

    void add(Tx tx, YearMonth month) {
        tx.run(ADD, month.atDay(1));
    }

    /** First the lock, then the look: a message of an older month that begins to wait takes the same lock. */
    void raiseBound(Tx tx) {
        tx.run("SELECT FROM queue_bounds FOR UPDATE");
        YearMonth oldest = read(tx.run(THERE + " ORDER BY month")).stream()
                .filter(month -> isInQueue(tx, month))
                .findFirst()
                .orElse(NEVER);
        tx.run(RAISE, oldest.atDay(1));
    }

    /**
     * Drops a month of which {@link #hasOpen} said that it has nothing open. That look took its time and no lock; here,
     * with everybody locked out for a moment, the counts say whether anybody began to wait since.
     */
    boolean drop(Tx tx, YearMonth month) {
        tx.run("LOCK TABLE broadcast_messages IN ACCESS EXCLUSIVE MODE");
        if (!tx.run(ENDED, month.atDay(1)).iterator().next().getBoolean("ended")) {
            return false;
        }
        tx.run("DROP TABLE " + table(month));
        tx.run("INSERT INTO dropped_months (month) VALUES ($1) ON CONFLICT DO NOTHING", month.atDay(1));
        return true;
    }

    /**
     * Forgets the history of messages that are gone with their month. In batches, each a transaction of its own, and only
     * once the drop is committed: a month that stays after all keeps its history.
     */
    void forgetFacts() {
        while (database.run(FORGET_FACTS, BATCH).rowCount() == BATCH) {
            // The next batch.
        }
    }

    private static boolean isInQueue(Tx tx, YearMonth month) {
        return tx.run(open(month, "'pending', 'processing'")).iterator().next().getBoolean("found");
    }

    private static String open(YearMonth month, String statuses) {
        return "SELECT EXISTS (SELECT FROM %s WHERE status IN (%s)) AS found".formatted(table(month), statuses);
    }

    private static String table(YearMonth month) {
        return "broadcast_messages_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
    }

    private static List<YearMonth> read(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getLocalDate("month"))
                .map(LocalDate::from)
                .map(YearMonth::from)
                .toList();
    }
}
