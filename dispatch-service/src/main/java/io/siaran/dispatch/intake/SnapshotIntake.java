package io.siaran.dispatch.intake;

import io.siaran.dispatch.queue.ErasedPeople;
import io.siaran.dispatch.queue.ErasedPeople.Person;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PersonName;
import io.siaran.model.Plan;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * What other services own, as far as the queue must know it. A snapshot that is not newer changes nothing. Of devices and plans each
 * one is applied, also where a later one is in the batch: users are told what they were (R__events.sql).
 */
@ApplicationScoped
class SnapshotIntake {

    private static final String DEVICES = Sql.load(SnapshotIntake.class, "upsert-devices.sql");
    private static final String SWEEP_DEVICES = Sql.load(SnapshotIntake.class, "reconcile-devices.sql");
    private static final String PLANS = Sql.load(SnapshotIntake.class, "upsert-plans.sql");
    private static final String LEADS = Sql.load(SnapshotIntake.class, "upsert-leads.sql");
    private static final String SUPPRESSIONS = Sql.load(SnapshotIntake.class, "upsert-suppressions.sql");

    private final RecordIntake intake;
    private final Database database;
    private final MessageStore store;
    private final ErasedPeople erased;
    private final WorkSignal work;

    SnapshotIntake(RecordIntake intake, Database database, MessageStore store, ErasedPeople erased, WorkSignal work) {
        this.intake = intake;
        this.database = database;
        this.store = store;
        this.erased = erased;
        this.work = work;
    }

    @Incoming("devices")
    @Blocking(ordered = true)
    void devices(ConsumerRecords<String, String> batch) {
        intake.take(Topic.DEVICES, batch, DeviceSnapshot.class, this::takeDevices);
    }

    @Incoming("plans")
    @Blocking(ordered = true)
    void plans(ConsumerRecords<String, String> batch) {
        intake.take(Topic.PLANS, batch, Plan.class, this::takePlans);
    }

    @Incoming("leads")
    @Blocking(ordered = true)
    void leads(ConsumerRecords<String, String> batch) {
        intake.take(Topic.LEADS, batch, LeadSnapshot.class, this::applyLeads);
    }

    @Incoming("suppressions")
    @Blocking(ordered = true)
    void suppressions(ConsumerRecords<String, String> batch) {
        intake.take(Topic.SUPPRESSIONS, batch, Suppression.class, this::takeSuppressions);
    }

    void takeDevices(List<DeviceSnapshot> devices) {
        DistinctBatches.of(devices, DeviceSnapshot::id).forEach(this::applyDevices);
        work.ring();
    }

    /** Each once. */
    private void applyDevices(List<DeviceSnapshot> devices) {
        var columns = new Columns<>(devices);
        UUID[] ids = columns.uuids(d -> d.id().value());
        String[] owners = columns.texts(d -> d.userId().value());
        Boolean[] deleted = columns.booleans(DeviceSnapshot::deleted);
        database.doInTransaction(tx -> {
            tx.run(SWEEP_DEVICES, ids, owners, deleted);
            tx.run(
                    DEVICES,
                    ids,
                    owners,
                    columns.wires(SnapshotIntake::status),
                    columns.integers(DeviceSnapshot::minDelay),
                    columns.integers(DeviceSnapshot::maxDelay),
                    columns.wires(DeviceSnapshot::antiSpam),
                    columns.texts(
                            d -> d.timeZone() == null ? null : d.timeZone().getId()),
                    columns.longs(DeviceSnapshot::version),
                    deleted,
                    columns.wires(SnapshotIntake::unknownPolicy),
                    columns.texts(DeviceSnapshot::name),
                    columns.integers(DeviceSnapshot::hourlyCap),
                    columns.integers(DeviceSnapshot::dailyCap),
                    columns.times(SnapshotIntake::restrictedUntil),
                    columns.integers(SnapshotIntake::slowFactor));
        });
    }

    /** One that is restricted still says answers; whoever plans is told that it is offline. */
    private static DeviceStatus status(DeviceSnapshot device) {
        return restrictedUntil(device) == null ? device.status() : DeviceStatus.ONLINE;
    }

    private static Instant restrictedUntil(DeviceSnapshot device) {
        return device.status() == DeviceStatus.OFFLINE ? device.restrictedUntil() : null;
    }

    private static Integer slowFactor(DeviceSnapshot device) {
        return Math.clamp(Objects.requireNonNullElse(device.slowFactor(), 1), 1, 10);
    }

    private static UnknownPolicy unknownPolicy(DeviceSnapshot device) {
        return Optional.ofNullable(device.unknownPolicy()).orElse(UnknownPolicy.HOLD);
    }

    void takePlans(List<Plan> plans) {
        DistinctBatches.of(plans, Plan::id).forEach(this::applyPlans);
    }

    /** Each once. */
    private void applyPlans(List<Plan> plans) {
        var columns = new Columns<>(plans);
        database.run(
                PLANS,
                columns.uuids(Plan::id),
                columns.wires(Plan::kind),
                columns.texts(p -> p.userId().value()),
                columns.wires(Plan::status),
                columns.integers(Plan::run),
                columns.texts(Plan::title),
                columns.longs(Plan::version),
                columns.booleans(Plan::deleted),
                columns.booleans(Plan::oncePerPhone),
                columns.times(Plan::openUntil));
    }

    private void applyLeads(List<LeadSnapshot> leads) {
        var columns = new Columns<>(leads);
        database.doInTransaction(tx -> {
            erased.keepErasuresOut(tx, leads.stream().map(LeadSnapshot::userId));
            store.keepWithdrawn(tx, leads);
            tx.run(
                    LEADS,
                    columns.uuids(l -> l.id().value()),
                    columns.texts(l -> l.userId().value()),
                    columns.uuids(
                            l -> l.deviceId() == null ? null : l.deviceId().value()),
                    columns.texts(l -> l.phone().digits()),
                    columns.longs(LeadSnapshot::version),
                    columns.booleans(LeadSnapshot::deleted),
                    columns.texts(l -> PersonName.orNull(l.name())));
            erased.recogniseLeads(tx, leads);
        });
    }

    void takeSuppressions(List<Suppression> told) {
        database.doInTransaction(tx -> {
            var columns = new Columns<>(erased.withoutErased(
                    tx,
                    told,
                    s -> new Person(s.userId(), s.phone()),
                    (suppression, erasure) -> suppression.version() <= erasure.version()));
            tx.run(
                    SUPPRESSIONS,
                    columns.texts(s -> s.userId().value()),
                    columns.texts(s -> s.phone().digits()),
                    columns.texts(Suppression::reason),
                    columns.times(Suppression::decidedAt),
                    columns.longs(Suppression::version),
                    columns.booleans(Suppression::deleted));
        });
    }
}
