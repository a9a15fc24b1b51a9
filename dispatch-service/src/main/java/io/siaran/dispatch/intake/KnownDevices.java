package io.siaran.dispatch.intake;

import io.siaran.kafka.ReadBarrier;
import io.siaran.model.DeviceId;
import io.siaran.model.Topic;
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
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Database database;
    private final ReadBarrier barrier;
    private final IntakeConfig config;

    KnownDevices(Database database, ReadBarrier barrier, IntakeConfig config) {
        this.database = database;
        this.barrier = barrier;
        this.config = config;
    }

    /**
     * The zone of a device of this user. One that was linked a moment ago is waited for while news of it is on the way.
     * Blocks, for virtual threads.
     *
     * @throws Refusal a 400 that names {@code device_id} when the user has no such device; a 503 when it cannot be told in
     *     time whether there is one
     */
    ZoneId zone(UserId user, DeviceId device) {
        return find(user, device).orElseGet(() -> {
            boolean sure = barrier.await(Topic.DEVICES, device.toString());
            return find(user, device)
                    .orElseThrow(() -> sure
                            ? Refusal.invalid("device_id", "you have no such device")
                            : Refusal.unavailable("the news of devices is late; try again", RETRY_AFTER));
        });
    }

    private Optional<ZoneId> find(UserId user, DeviceId device) {
        Iterator<Row> found = database.run(DEVICE, device.value(), user.value()).iterator();
        return found.hasNext()
                ? Optional.of(Optional.ofNullable(found.next().getString("time_zone"))
                        .map(ZoneId::of)
                        .orElse(config.timeZone()))
                : Optional.empty();
    }
}
