package io.siaran.sequence.firing;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frees steps that were due and found their sequence inactive or their device not online, once it is there again. They
 * are parked meanwhile (lease-due-steps.sql), so that no look at what is due walks over them.
 */
@ApplicationScoped
class FreeParkedSteps {

    private static final String FIND_CLEARED = Sql.load(FreeParkedSteps.class, "find-cleared-obstacles.sql");
    private static final String UNPARK = Sql.load(FreeParkedSteps.class, "unpark-steps.sql");
    private static final String LOCK_ALL = Sql.load(FreeParkedSteps.class, "lock-obstacles.sql");
    private static final String COUNT = Sql.load(FreeParkedSteps.class, "count-parked.sql");
    private static final String FORGET = Sql.load(FreeParkedSteps.class, "forget-obstacles.sql");

    /** Looked at together; of many devices that come back at once each batch takes so many. */
    private static final int OBSTACLES = 100;

    /** Of all that ever blocked anything so many are looked at in one transaction. */
    private static final int PART = 1_000;

    /** Bounds what one count costs; beyond it the number is at least so high. */
    private static final int MOST_COUNTED = 100_000;

    private final Database database;
    private final FiringConfig config;
    private final AtomicLong parked = new AtomicLong();

    FreeParkedSteps(Database database, FiringConfig config, MeterRegistry metrics) {
        this.database = database;
        this.config = config;
        Gauge.builder("siaran.sequence.parked", parked, AtomicLong::get)
                .description("Due steps that wait for their sequence or their device, as far as 100,000")
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    /** Frees a batch of steps; answers whether there may be more. */
    boolean batch() {
        return database.inTransaction(tx -> {
            List<Obstacle> cleared = obstacles(tx.run(FIND_CLEARED, OBSTACLES));
            return !cleared.isEmpty() && unpark(tx, cleared);
        });
    }

    /** Forgets devices and sequences for which nothing waits any more, such as deleted ones whose contacts have left. */
    void forgetWhatBlocksNothing() {
        Obstacle last = Obstacle.BEFORE_ALL;
        List<Obstacle> part;
        do {
            part = forgetBehind(last);
            last = part.isEmpty() ? last : part.getLast();
        } while (part.size() == PART);
    }

    private List<Obstacle> forgetBehind(Obstacle last) {
        return database.inTransaction(tx -> {
            List<Obstacle> part = obstacles(tx.run(LOCK_ALL, PART, last.parkedFor(), last.user()));
            forget(tx, part);
            return part;
        });
    }

    /** Shows how many steps wait. */
    void measure() {
        parked.set(database.run(COUNT, MOST_COUNTED).iterator().next().getLong("steps"));
    }

    /** Where nothing could be freed nor forgotten, others work on it: it is not asked again at once. */
    private boolean unpark(Tx tx, List<Obstacle> cleared) {
        Columns<Obstacle> columns = new Columns<>(cleared);
        int freed = tx.run(
                        UNPARK, columns.uuids(Obstacle::parkedFor), columns.texts(Obstacle::user), config.batchSize())
                .rowCount();
        int forgotten = forget(tx, cleared);
        return freed == config.batchSize() || (cleared.size() == OBSTACLES && freed + forgotten > 0);
    }

    private static int forget(Tx tx, List<Obstacle> obstacles) {
        Columns<Obstacle> columns = new Columns<>(obstacles);
        return tx.run(FORGET, columns.uuids(Obstacle::parkedFor), columns.texts(Obstacle::user))
                .rowCount();
    }

    private static List<Obstacle> obstacles(RowSet<Row> rows) {
        List<Obstacle> obstacles = new ArrayList<>();
        rows.forEach(row -> obstacles.add(new Obstacle(row.getUUID("parked_for"), row.getString("user_id"))));
        return obstacles;
    }

    /** A device or a sequence of a user. */
    private record Obstacle(UUID parkedFor, String user) {

        static final Obstacle BEFORE_ALL = new Obstacle(new UUID(0, 0), "");
    }
}
