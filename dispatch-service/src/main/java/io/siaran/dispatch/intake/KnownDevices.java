package io.siaran.dispatch.intake;

import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Iterator;
import java.util.Optional;

/** The devices that a user may name in a request. */
@ApplicationScoped
class KnownDevices {

    private static final String DEVICE =
            "SELECT time_zone FROM device_queue WHERE device_id = $1 AND user_id = $2 AND NOT deleted";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Database database;
    private final IntakeConfig config;

    KnownDevices(Database database, IntakeConfig config) {
        this.database = database;
        this.config = config;
    }

    /**
     * The zone of a device of this user. A device that was linked a moment ago may not be known here yet, so this waits a
     * little, on the virtual thread of the request, before it says no.
     *
     * @throws Refusal (a 400 that names {@code device_id}) when the user has no such device
     */
    ZoneId zone(UserId user, DeviceId device) throws InterruptedException {
        long giveUp = System.nanoTime() + config.devicePatience().toNanos();
        while (true) {
            Iterator<Row> found =
                    database.run(DEVICE, device.value(), user.value()).iterator();
            if (found.hasNext()) {
                return Optional.ofNullable(found.next().getString("time_zone"))
                        .map(ZoneId::of)
                        .orElse(config.timeZone());
            }
            if (System.nanoTime() >= giveUp) {
                throw Refusal.invalid("device_id", "you have no such device");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }
}
