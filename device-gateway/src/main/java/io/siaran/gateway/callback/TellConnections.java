package io.siaran.gateway.callback;

import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;

import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.gateway.registration.DeviceChecks.News;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/**
 * Hands on what platforms tell of connections to the one who moves devices, by sets: whoever tells a lot takes a few statements.
 * Where a set is refused, each device's news stand alone.
 */
@ApplicationScoped
class TellConnections {

    private static final Logger LOG = Logger.getLogger(TellConnections.class);
    private static final String CLAIM = Sql.load(TellConnections.class, "claim-connections.sql");
    private static final String DONE = "DELETE FROM callback_inbox WHERE id = ANY ($1)";
    private static final int BATCH = 500;
    private static final int MOST_FAILURES = 10;

    private record Told(long id, DeviceId device, String type, String detail, int failures) {

        private static Told of(Row row) {
            return new Told(
                    row.getLong("id"),
                    new DeviceId(row.getUUID("device_id")),
                    row.getString("type"),
                    row.getString("detail"),
                    row.getInteger("failures"));
        }

        private News news() {
            return new News(device, InboxEvent.health(type, detail));
        }
    }

    private final Database database;
    private final DeviceChecks checks;

    TellConnections(Database database, DeviceChecks checks) {
        this.database = database;
        this.checks = checks;
    }

    /** Answers whether there may be more. */
    boolean tellSome() {
        List<Told> claimed = StreamSupport.stream(database.run(CLAIM, BATCH).spliterator(), false)
                .map(Told::of)
                .sorted(comparingLong(Told::id))
                .toList();
        try {
            tell(claimed);
        } catch (PgException | IllegalArgumentException ofOneOfThem) {
            claimed.stream().collect(groupingBy(Told::device)).values().forEach(this::tellAlone);
        }
        return claimed.size() == BATCH;
    }

    private void tell(List<Told> told) {
        if (!told.isEmpty()) {
            checks.told(told.stream().map(Told::news).toList());
            end(told);
        }
    }

    private void tellAlone(List<Told> ofDevice) {
        try {
            tell(ofDevice);
        } catch (PgException | IllegalArgumentException failure) {
            LOG.warnf(
                    failure,
                    "news of a connection were not taken device=%s",
                    ofDevice.getFirst().device());
            end(ofDevice.stream()
                    .filter(told -> told.failures() >= MOST_FAILURES)
                    .toList());
        }
    }

    private void end(List<Told> told) {
        database.run(DONE, (Object) told.stream().map(Told::id).toArray(Long[]::new));
    }
}
