package io.siaran.sequence.progress;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Folds the differences that the tables of contacts and enrolments left into the counts that reports read. Several instances may
 * do so at once: each takes differences that no other has.
 */
@ApplicationScoped
class FoldReports {

    private static final String FOLD = Sql.load(FoldReports.class, "fold-counts.sql");

    /** Some seconds of a busy hour. */
    private static final int DIFFERENCES = 10_000;

    private final Database database;

    FoldReports(Database database) {
        this.database = database;
    }

    @Scheduled(every = "{siaran.sequence.report.fold-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void run() {
        int folded;
        do {
            folded = database.run(FOLD, DIFFERENCES).iterator().next().getInteger("folded");
        } while (folded == DIFFERENCES);
    }
}
