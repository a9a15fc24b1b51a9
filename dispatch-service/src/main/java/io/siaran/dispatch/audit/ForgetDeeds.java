package io.siaran.dispatch.audit;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets who did what longer ago than it is kept, in batches: the only way by which an entry goes. */
@ApplicationScoped
class ForgetDeeds {

    private static final int BATCH = 10_000;

    /** Until the end of the transaction. */
    private static final String ALLOW = "SELECT set_config('siaran.forgets', 'audit_entries', true)";

    private static final String FORGET = """
            DELETE FROM audit_entries WHERE id IN (
              SELECT id FROM audit_entries WHERE at < clock_timestamp() - $1::bigint * interval '1 second' ORDER BY at LIMIT $2)
            """;

    private final Database database;
    private final AuditConfig config;

    ForgetDeeds(Database database, AuditConfig config) {
        this.database = database;
        this.config = config;
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        while (forgetSome() == BATCH) {
            // The next batch.
        }
    }

    private int forgetSome() {
        return database.inTransaction(tx -> {
            tx.run(ALLOW);
            return tx.run(FORGET, config.kept().toSeconds(), BATCH).rowCount();
        });
    }
}
