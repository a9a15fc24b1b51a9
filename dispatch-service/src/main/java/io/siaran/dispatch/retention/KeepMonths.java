package io.siaran.dispatch.retention;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.YearMonth;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Keeps a partition for each month that has messages, this one and two ahead; moves the bound below which nothing is open;
 * drops months that are old and have ended. One replica at a time, each step a transaction of its own: whatever does not
 * get its lock in time is done the next time.
 */
@ApplicationScoped
class KeepMonths {

    private static final Logger LOG = Logger.getLogger(KeepMonths.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String BE_THE_ONE =
            "SELECT pg_try_advisory_xact_lock(hashtext('siaran-dispatch-months')::bigint) AS mine";

    private final Database database;
    private final Months months;
    private final RetentionConfig config;

    KeepMonths(Database database, Months months, RetentionConfig config) {
        this.database = database;
        this.months = months;
        this.config = config;
    }

    @Scheduled(every = "{siaran.retention.interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void keep() {
        months.missing().forEach(month -> step("add", month, tx -> months.add(tx, month)));
        step("look for open messages", null, months::raiseBound);
        months.before(config.messages()).stream()
                .filter(this::hasEnded)
                .forEach(month -> step("drop", month, tx -> {
                    if (months.drop(tx, month)) {
                        LOG.infof("dropped the messages of %s", month);
                    }
                }));
        months.forgetFacts();
    }

    private boolean hasEnded(YearMonth month) {
        boolean ended = !months.hasOpen(month);
        if (!ended) {
            LOG.warnf("keeps the messages of %s: some of them have not ended", month);
        }
        return ended;
    }

    private void step(String what, YearMonth month, Consumer<Tx> work) {
        try {
            database.doInTransaction(tx -> {
                tx.run(
                        "SELECT set_config('lock_timeout', $1, true)",
                        config.lockPatience().toMillis() + "ms");
                if (tx.run(BE_THE_ONE).iterator().next().getBoolean("mine")) {
                    work.accept(tx);
                }
            });
        } catch (PgException busy) {
            if (!LOCK_NOT_AVAILABLE.equals(busy.getSqlState())) {
                throw busy;
            }
            LOG.infof("months: no time to %s %s, tries again in %s", what, month, config.interval());
        }
    }
}
