package io.siaran.gateway.callback;

import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.Remembered;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Whose the devices are that call back, and which of their addresses have ended, as far as that was looked up by now. Who asks
 * never waits, and what is not known, or is some seconds old, is looked up for the next time, together with the others. A device
 * has the same user for ever, and what has ended stays so: what is known stays right.
 */
@ApplicationScoped
class CalledDevices {

    private static final Logger LOG = Logger.getLogger(CalledDevices.class);
    private static final Duration GATHERING = Duration.ofMillis(10);
    private static final Duration NEW = Duration.ofSeconds(10);
    private static final String OF =
            "SELECT id, user_id, oldest_callback_generation(d, $2) AS oldest FROM devices d WHERE id = ANY ($1)";

    /** @param oldest generation of its secret that held then */
    private record Called(UserId owner, int oldest, long asOf) {

        private boolean isNew() {
            return System.nanoTime() - asOf < NEW.toNanos();
        }
    }

    private final Database database;
    private final int overlapHours;
    private final Remembered<DeviceId, Called> known = new Remembered<>(Remembered.DEVICES);
    private final Set<DeviceId> asked = ConcurrentHashMap.newKeySet();
    private final Worker lookUp = new Worker(GATHERING, this::lookUp);

    CalledDevices(Database database, CallbackConfig config) {
        this.database = database;
        this.overlapHours = Math.toIntExact(config.overlap().toHours());
    }

    /** Empty as well where there is no such device. */
    Optional<UserId> owner(DeviceId device) {
        return called(device).map(Called::owner);
    }

    /** Whether its secret is known not to hold any more. Where that is not known yet, who stores the callback judges. */
    boolean hasEnded(CallbackAddress address) {
        return called(address.device())
                .filter(called -> address.generation() < called.oldest())
                .isPresent();
    }

    private Optional<Called> called(DeviceId device) {
        Optional<Called> called = known.get(device);
        if (called.filter(Called::isNew).isEmpty()) {
            asked.add(device);
            lookUp.ask();
        }
        return called;
    }

    private void lookUp() {
        List<DeviceId> devices = List.copyOf(asked);
        long asOf = System.nanoTime();
        try {
            for (Row row : database.run(OF, new Columns<>(devices).uuids(DeviceId::value), overlapHours)) {
                known.put(
                        new DeviceId(row.getUUID("id")),
                        new Called(new UserId(row.getString("user_id")), row.getInteger("oldest"), asOf));
            }
        } catch (RuntimeException failure) {
            LOG.warnf("whose devices call back is not known yet: %s", failure.toString());
        }
        // Who is still not known is asked for by its next callback.
        devices.forEach(asked::remove);
    }
}
