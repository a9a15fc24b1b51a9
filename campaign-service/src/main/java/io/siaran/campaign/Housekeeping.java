package io.siaran.campaign;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.rest.IdempotencyKeys;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.function.IntSupplier;
import org.jboss.logging.Logger;

/**
 * Forgets what nobody can ask for again, what is known of people first. Each kind by itself: one that cannot be forgotten keeps no other.
 * Some rows at a time, so that no statement runs into its time-out however much there is. Several replicas may do so at once: a row is
 * deleted once.
 */
@ApplicationScoped
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final int SOME = 2_000;

    /** Uploads that broke off, and what is known of a file after a season. */
    private static final String OLD_IMPORT =
            "(i.status = 'uploading' AND i.created_at < clock_timestamp() - interval '1 day'"
                    + " OR i.ended_at < clock_timestamp() - interval '90 days')";

    /** Only an open campaign goes on with its fan-out. */
    private static final String OF_ENDED = " p JOIN campaigns c ON c.id = p.campaign_id"
            + " WHERE c.planned_run > p.run OR c.status IN ('completed', 'failed', 'cancelled')";

    private static final List<Old> ALL = List.of(
            // What was told of people is not kept for longer than it is asked for; a report of an erasure says nothing
            // of anybody. An
            // erasure that has not ended is not forgotten.
            new Old(
                    "person_requests",
                    " p WHERE (wish = 'export' AND asked_at < clock_timestamp() - interval '7 days')"
                            + " OR (wish = 'erase' AND ended_at < clock_timestamp() - interval '90 days')"),
            // A reply that comes again after that is not told again by any platform.
            new Old("opt_out_replies", " p WHERE taken_at < clock_timestamp() - interval '90 days'"),
            new Old("fanout_phones", OF_ENDED),
            new Old("import_parts", " p JOIN imports i ON i.id = p.import_id WHERE " + OLD_IMPORT),
            // Before their imports, which would take all of theirs with them at once.
            new Old("import_rejections", " p JOIN imports i ON i.id = p.import_id WHERE " + OLD_IMPORT),
            new Old("imports", " p JOIN imports i ON i.id = p.id WHERE " + OLD_IMPORT),
            // Kafka keeps commands for 7 days, and an operator has sequence-service repeat none older than this: its
            // tell_again refuses.
            new Old("lead_commands", " p WHERE taken_at < clock_timestamp() - interval '14 days'"));

    private static final String OVER = Sql.load(Housekeeping.class, "runs-over.sql");
    private static final String REACHED = "DELETE FROM fanout_reached WHERE ctid = ANY (ARRAY("
            + "SELECT p.ctid FROM fanout_reached p WHERE p.campaign_id = $1 AND p.run = $2 LIMIT $3))";

    private final Database database;
    private final Pool pool;
    private final IdempotencyKeys keys;
    private final MeterRegistry metrics;
    private volatile boolean stopping;

    Housekeeping(Database database, Pool pool, IdempotencyKeys keys, MeterRegistry metrics) {
        this.database = database;
        this.pool = pool;
        this.keys = keys;
        this.metrics = metrics;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void forget() {
        ALL.forEach(old -> forget(
                old.table(),
                () -> inParts(() -> database.run(old.delete(), SOME).rowCount())));
        forget("fanout_reached", this::reached);
        forget("idempotency_keys", () -> inParts(() -> keys.purge(pool).await().indefinitely()));
    }

    /**
     * Run by run, each of which its key finds. It is by far the largest table: looked for from its beginning, each part would read again
     * past all that is kept and all that was deleted before it.
     */
    private int reached() {
        int all = 0;
        for (Row run : database.run(OVER)) {
            all += inParts(() -> database.run(REACHED, run.getUUID("campaign_id"), run.getInteger("run"), SOME)
                    .rowCount());
        }
        return all;
    }

    /** @param some forgets some of it and says how many; fewer than {@link #SOME} when no more are left */
    private int inParts(IntSupplier some) {
        int all = 0;
        int last = SOME;
        while (last >= SOME && !stopping) {
            last = some.getAsInt();
            all += last;
        }
        return all;
    }

    /** @param work answers how much of it is forgotten */
    private void forget(String what, IntSupplier work) {
        try {
            int all = work.getAsInt();
            if (all > 0) {
                LOG.infof("forgot %s=%d", what, all);
            }
        } catch (RuntimeException failure) {
            metrics.counter("siaran.batch.failures", "batch", "forget").increment();
            LOG.errorf(
                    "could not forget what is old, and tries again in an hour: table=%s: %s", what, failure.toString());
        }
    }

    /** @param which of the table, called p, and what else tells it */
    private record Old(String table, String which) {

        String delete() {
            return "DELETE FROM " + table + " WHERE ctid = ANY (ARRAY(SELECT p.ctid FROM " + table + which
                    + " LIMIT $1))";
        }
    }
}
