package io.siaran.sequence.firing;

import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Frees steps that were due and found their sequence inactive or their device not online, once it is there again. They
 * are parked meanwhile (lease-due-steps.sql), so that no look at what is due walks over them.
 */
@ApplicationScoped
class FreeParkedSteps {

    private static final String FIND_CLEARED = Sql.load(FreeParkedSteps.class, "find-cleared-obstacles.sql");
    private static final String UNPARK = Sql.load(FreeParkedSteps.class, "unpark-steps.sql");
    private static final String LOCK_ALL = Sql.load(FreeParkedSteps.class, "lock-obstacles.sql");
    private static final String FORGET = Sql.load(FreeParkedSteps.class, "forget-obstacles.sql");

    /** Looked at together; of many devices that come back at once each batch takes so many. */
    private static final int OBSTACLES = 100;

    private static final int ALL_OBSTACLES = 10_000;

    private final Database database;
    private final FiringConfig config;

    FreeParkedSteps(Database database, FiringConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Frees a batch of steps; answers whether there may be more. */
    boolean batch() {
        return database.inTransaction(tx -> {
            List<Obstacle> cleared = obstacles(tx.run(FIND_CLEARED, OBSTACLES));
            return !cleared.isEmpty() && unpark(tx, cleared);
        });
    }

    /** Forgets devices and sequences for which nothing waits any more, such as deleted ones whose contacts have left. */
    void forgetWhatBlocksNothing() {
        database.doInTransaction(tx -> forget(tx, obstacles(tx.run(LOCK_ALL, ALL_OBSTACLES))));
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
    private record Obstacle(UUID parkedFor, String user) {}
}
