package io.siaran.dispatch.analytics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import org.jboss.logging.Logger;

/**
 * Compares the counts with the rows, a day of ids a run, round and round. It repairs nothing: a difference is a fault of
 * a statement or a trigger, campaigns may have completed by the wrong number, and counts that were put right in silence
 * would hide both.
 */
@ApplicationScoped
class CheckCounts {

    private static final Logger LOG = Logger.getLogger(CheckCounts.class);
    private static final String NEXT_DAY = Sql.load(CheckCounts.class, "next-day.sql");
    private static final String CHECK = Sql.load(CheckCounts.class, "check.sql");
    private static final String DONE = "UPDATE count_check SET last_day = $1";
    private static final String BE_THE_ONE =
            "SELECT pg_try_advisory_xact_lock(hashtext('siaran-dispatch-check')::bigint) AS mine";

    private final Database database;
    private final Counter mismatches;

    CheckCounts(Database database, MeterRegistry metrics) {
        this.database = database;
        this.mismatches = Counter.builder("siaran.counts.mismatch")
                .description("groups of messages whose counts were not what their rows say, each time they were met")
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @Scheduled(every = "{siaran.analytics.check-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void check() {
        database.doInTransaction(this::checkIfNobodyDoes);
    }

    private void checkIfNobodyDoes(Tx tx) {
        if (!tx.run(BE_THE_ONE).iterator().next().getBoolean("mine")) {
            return;
        }
        var next = tx.run(NEXT_DAY).iterator();
        LocalDate day = next.hasNext() ? next.next().getLocalDate("day") : null;
        if (day == null) {
            return;
        }
        for (Row difference : tx.run(CHECK, day)) {
            mismatches.increment();
            // The row as JSON: keys and how much too high (or, negative, too low) each count is. No phone, no text.
            LOG.errorf("counts are not what the rows say id_day=%s %s", day, difference.toJson());
        }
        tx.run(DONE, day);
    }
}
