package io.siaran.sequence.firing;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Publisher;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the steps that are due, and marks them fired once Kafka has acknowledged them. Several instances share the
 * work by leases; one that dies between the acknowledgement and the mark leaves a lease that lapses, and the step is
 * published again under the same id.
 */
@ApplicationScoped
class FireDueSteps {

    private static final String LEASE = Sql.load(FireDueSteps.class, "lease-due-steps.sql");
    private static final String MARK = Sql.load(FireDueSteps.class, "mark-fired.sql");

    private final Database database;
    private final Publisher publisher;
    private final MeterRegistry metrics;
    private final FiringConfig config;

    FireDueSteps(Database database, Publisher publisher, MeterRegistry metrics, FiringConfig config) {
        this.database = database;
        this.publisher = publisher;
        this.metrics = metrics;
        this.config = config;
    }

    /** Until nothing is due. Blocks: not for event loops. */
    void run() {
        int fired;
        do {
            List<DueStep> due = lease();
            publisher.publish(due.stream().map(DueStep::announcement).toList());
            mark(due);
            fired = due.size();
            metrics.counter("siaran.sequence.fired").increment(fired);
        } while (fired == config.batchSize());
    }

    List<DueStep> lease() {
        List<DueStep> due = new ArrayList<>();
        for (Row row : database.run(LEASE, config.batchSize(), config.lease().toSeconds())) {
            due.add(new DueStep(row));
        }
        return due;
    }

    private void mark(List<DueStep> fired) {
        if (!fired.isEmpty()) {
            database.run(MARK, (Object)
                    new Columns<>(fired).uuids(step -> step.contact().value()));
        }
    }
}
