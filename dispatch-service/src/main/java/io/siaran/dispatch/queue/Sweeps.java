package io.siaran.dispatch.queue;

import io.siaran.outbox.Database;
import io.siaran.outbox.Sql;
import io.siaran.outbox.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Brings the queue in line with plans that changed and people who were suppressed, in batches. Replicas share the work:
 * a claim is a row's lock.
 */
@ApplicationScoped
public class Sweeps {

    private static final String CLAIM_PLAN = Sql.load(Sweeps.class, "claim_plan.sql");
    private static final String PLAN_MESSAGES = Sql.load(Sweeps.class, "plan_messages.sql");
    private static final String PARK = Sql.load(Sweeps.class, "park.sql");
    private static final String SWEPT_PLAN = Sql.load(Sweeps.class, "swept_plan.sql");
    private static final String SUPPRESSED = Sql.load(Sweeps.class, "suppressed.sql");

    private final Database database;
    private final DeviceQueue devices;
    private final Stops stops;

    Sweeps(Database database, DeviceQueue devices, Stops stops) {
        this.database = database;
        this.devices = devices;
        this.stops = stops;
    }

    /** Sweeps the next batch of one plan; false when no plan is to be swept now. */
    public boolean sweepPlan(int batch) {
        return database.inTransaction(tx -> {
            for (Row plan : tx.run(CLAIM_PLAN)) {
                sweep(tx, plan.getUUID("id"), plan.getUUID("sweep_after"), batch);
                return true;
            }
            return false;
        });
    }

    /** Stops the unsent messages of people who were suppressed lately. */
    public void sweepSuppressions(int people) {
        database.doInTransaction(tx -> stops.stop(tx, tx.run(SUPPRESSED, people)));
    }

    private void sweep(Tx tx, UUID plan, UUID after, int batch) {
        List<Row> messages = StreamSupport.stream(
                        tx.run(PLAN_MESSAGES, plan, after, batch).spliterator(), false)
                .toList();
        stops.stop(tx, messages);
        park(tx, messages, true);
        park(tx, messages, false);
        boolean more = messages.size() == batch;
        tx.run(SWEPT_PLAN, plan, more ? messages.getLast().getUUID("id") : null);
    }

    private void park(Tx tx, List<Row> messages, boolean parked) {
        UUID[] ids = messages.stream()
                .filter(Predicate.not(Stops::hasReason))
                .filter(row -> row.getBoolean("paused") == parked)
                .map(row -> row.getUUID("id"))
                .toArray(UUID[]::new);
        if (ids.length > 0) {
            devices.due(
                    tx,
                    StreamSupport.stream(tx.run(PARK, ids, parked).spliterator(), false)
                            .map(MessageStore::due)
                            .toList());
        }
    }
}
