package io.siaran.sequence.lead;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.Topic;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Whose each device is, in which zone, and whether it is online. */
@ApplicationScoped
class DeviceProjection {

    private static final String UPSERT = Sql.load(DeviceProjection.class, "upsert-devices.sql");

    private final RecordIntake intake;
    private final Database database;
    private final Wakes wakes;

    DeviceProjection(RecordIntake intake, Database database, Wakes wakes) {
        this.intake = intake;
        this.database = database;
        this.wakes = wakes;
    }

    @Incoming("devices")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.DEVICES, batch, DeviceSnapshot.class, this::apply);
    }

    void apply(List<DeviceSnapshot> snapshots) {
        Columns<DeviceSnapshot> devices = new Columns<>(Newest.of(snapshots, DeviceSnapshot::id));
        database.run(
                UPSERT,
                devices.uuids(device -> device.id().value()),
                devices.texts(device -> device.userId().value()),
                devices.texts(device -> device.status().wire()),
                devices.texts(device ->
                        device.timeZone() == null ? null : device.timeZone().getId()),
                devices.longs(DeviceSnapshot::version),
                devices.booleans(DeviceSnapshot::deleted));
        wakes.firing().ring();
    }
}
