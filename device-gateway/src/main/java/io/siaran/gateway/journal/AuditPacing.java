package io.siaran.gateway.journal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Counts the calls that came before their device's pause was over, by the journal. Any is a bug. */
@ApplicationScoped
class AuditPacing {

    private static final Logger LOG = Logger.getLogger(AuditPacing.class);
    private static final String AUDIT = Sql.load(AuditPacing.class, "audit-pacing.sql");

    private final Database database;
    private final Housekeeping housekeeping;
    private final Counter violations;
    private final Counter audits;

    AuditPacing(Database database, Housekeeping housekeeping, MeterRegistry metrics) {
        this.database = database;
        this.housekeeping = housekeeping;
        // Registered at once: an alert cannot compare with a series that does not exist yet.
        this.violations = metrics.counter("siaran.pacing.violations");
        this.audits = metrics.counter("siaran.pacing.audits");
    }

    @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void audit() {
        housekeeping.run("the audit of the pace", this::auditSome);
    }

    private boolean auditSome() {
        Row row = database.run(AUDIT).iterator().next();
        long found = row.getLong("violations");
        audits.increment();
        violations.increment(found);
        if (found > 0) {
            LOG.errorf("calls began before their pause was over: %d", found);
        }
        return row.getBoolean("is_behind");
    }
}
