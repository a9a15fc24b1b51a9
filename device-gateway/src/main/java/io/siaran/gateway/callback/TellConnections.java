package io.siaran.gateway.callback;

import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Hands on what platforms tell of connections to the one who moves devices. */
@ApplicationScoped
class TellConnections {

    private static final Logger LOG = Logger.getLogger(TellConnections.class);
    private static final String CLAIM = Sql.load(TellConnections.class, "claim-connections.sql");
    private static final String DONE = "DELETE FROM callback_inbox WHERE id = $1";
    private static final int BATCH = 100;
    private static final int MOST_FAILURES = 10;

    private final Database database;
    private final DeviceChecks checks;

    TellConnections(Database database, DeviceChecks checks) {
        this.database = database;
        this.checks = checks;
    }

    /** Answers whether there may be more. */
    boolean tellSome() {
        int claimed = 0;
        for (Row row : database.run(CLAIM, BATCH)) {
            claimed++;
            tell(row);
        }
        return claimed == BATCH;
    }

    private void tell(Row row) {
        DeviceId device = new DeviceId(row.getUUID("device_id"));
        try {
            checks.tells(device);
            checks.told(device, InboxEvent.health(row.getString("type"), row.getString("detail")));
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "news of a connection were not taken device=%s", device);
            if (row.getInteger("failures") < MOST_FAILURES) {
                return;
            }
        }
        database.run(DONE, row.getLong("id"));
    }
}
