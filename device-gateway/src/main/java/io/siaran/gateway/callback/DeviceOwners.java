package io.siaran.gateway.callback;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Whose devices are, as far as that was looked up by now. Who asks never waits, and who is not known is looked up for the next time,
 * together with the others. A device has the same user for ever, so what is known stays right.
 */
@ApplicationScoped
class DeviceOwners {

    private static final Logger LOG = Logger.getLogger(DeviceOwners.class);
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final String OF = "SELECT id, user_id FROM devices WHERE id = ANY ($1)";

    private final Database database;
    private final Map<DeviceId, UserId> known = new ConcurrentHashMap<>();
    private final Set<DeviceId> asked = ConcurrentHashMap.newKeySet();
    private final Worker lookUp = new Worker(GATHERING, this::lookUp);

    DeviceOwners(Database database) {
        this.database = database;
    }

    /** Empty as well where there is no such device. */
    Optional<UserId> of(DeviceId device) {
        UserId user = known.get(device);
        if (user == null) {
            asked.add(device);
            lookUp.ask();
        }
        return Optional.ofNullable(user);
    }

    private void lookUp() {
        List<DeviceId> devices = List.copyOf(asked);
        try {
            for (Row row : database.run(OF, (Object) new Columns<>(devices).uuids(DeviceId::value))) {
                known.put(new DeviceId(row.getUUID("id")), new UserId(row.getString("user_id")));
            }
        } catch (RuntimeException failure) {
            LOG.warnf("whose devices call back is not known yet: %s", failure.toString());
        }
        // Who is still not known is asked for by its next callback.
        devices.forEach(asked::remove);
    }
}
