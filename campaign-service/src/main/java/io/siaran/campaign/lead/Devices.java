package io.siaran.campaign.lead;

import io.siaran.kafka.ReadBarrier;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.rest.Violation;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The devices as the gateway tells them: whose each is, and whether it may speak. */
@ApplicationScoped
public class Devices {

    private static final String UPSERT = Sql.load(Devices.class, "upsert-devices.sql");
    private static final String OWNED = "SELECT 1 FROM devices WHERE id = $1 AND user_id = $2 AND NOT deleted";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Database database;
    private final RecordIntake intake;
    private final ReadBarrier barrier;

    Devices(Database database, RecordIntake intake, ReadBarrier barrier) {
        this.database = database;
        this.intake = intake;
        this.barrier = barrier;
    }

    /**
     * Returns once the device is known to be this user's. One that was linked a moment ago is waited for while news of it
     * is on the way; somebody else's looks like one that does not exist. Blocks, for virtual threads.
     *
     * @throws Refusal a 400 that names {@code device_id}; a 503 when it cannot be told in time whether there is one
     */
    public void requireOwned(DeviceId device, UserId user) {
        if (isOwned(device, user)) {
            return;
        }
        boolean sure = barrier.await(Topic.DEVICES, device.toString());
        if (isOwned(device, user)) {
            return;
        }
        throw sure
                ? Refusal.invalid("device_id", "no such device")
                : Refusal.unavailable("the news of devices is late; try again", RETRY_AFTER);
    }

    /**
     * As {@link #requireOwned}, for one row among many; empty when the device is this user's.
     *
     * @throws Refusal a 503 when it cannot be told in time whether there is one
     */
    List<Violation> violations(DeviceId device, UserId user) {
        try {
            requireOwned(device, user);
            return List.of();
        } catch (Refusal refused) {
            return refused.violationsOfRow();
        }
    }

    private boolean isOwned(DeviceId device, UserId user) {
        return database.run(OWNED, device.value(), user.value()).rowCount() > 0;
    }

    @Incoming("devices")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.DEVICES, batch, DeviceSnapshot.class, this::apply);
    }

    void apply(List<DeviceSnapshot> devices) {
        Columns<DeviceSnapshot> rows = new Columns<>(devices);
        database.run(
                UPSERT,
                rows.uuids(device -> device.id().value()),
                rows.texts(device -> device.userId().value()),
                rows.texts(DeviceSnapshot::name),
                rows.wires(DeviceSnapshot::status),
                rows.longs(DeviceSnapshot::version),
                rows.booleans(DeviceSnapshot::deleted),
                rows.texts(DeviceSnapshot::platform),
                rows.integers(DeviceSnapshot::minDelay),
                rows.integers(DeviceSnapshot::maxDelay),
                rows.integers(DeviceSnapshot::hourlyCap),
                rows.integers(DeviceSnapshot::dailyCap),
                rows.texts(device ->
                        device.timeZone() == null ? null : device.timeZone().getId()),
                rows.texts(device -> Json.write(device.quietHours())),
                rows.integers(device -> Math.clamp(Objects.requireNonNullElse(device.slowFactor(), 1), 1, 10)));
    }
}
