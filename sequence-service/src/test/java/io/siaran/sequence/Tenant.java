package io.siaran.sequence;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.model.Suppression;
import io.siaran.model.TargetStatus;
import io.siaran.model.Topic;
import io.siaran.model.TriggerAssignment;
import io.siaran.model.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One user with devices, leads and sequences of its own. */
public final class Tenant {

    private static final AtomicInteger PHONES = new AtomicInteger(10_000_000);

    private final Stage stage;
    private final UserId user;
    private final DeviceId merah = new DeviceId(UUID.randomUUID());
    private final DeviceId biru = new DeviceId(UUID.randomUUID());
    private long version;

    Tenant(Stage stage, UserId user) {
        this.stage = stage;
        this.user = user;
        become(merah, DeviceStatus.ONLINE);
        become(biru, DeviceStatus.ONLINE);
    }

    public UserId user() {
        return user;
    }

    public DeviceId merah() {
        return merah;
    }

    public DeviceId biru() {
        return biru;
    }

    public void become(DeviceId device, DeviceStatus status) {
        version++;
        stage.say(Topic.DEVICES, device.toString(), Devices.snapshot(device, user, status, version));
        stage.awaitVersion("devices", device.value(), version);
    }

    /** Many of them, told at once. */
    public void becomeOnline(List<DeviceId> fleet) {
        version++;
        fleet.forEach(device -> stage.say(
                Topic.DEVICES, device.toString(), Devices.snapshot(device, user, DeviceStatus.ONLINE, version)));
        fleet.forEach(device -> stage.awaitVersion("devices", device.value(), version));
    }

    public void delete(DeviceId device) {
        version++;
        stage.say(Topic.DEVICES, device.toString(), Devices.deleted(device, user, version));
        stage.awaitVersion("devices", device.value(), version);
    }

    /** A prospect on Merah who is interested in fitness. */
    public Lead lead(String name) {
        return new Lead(name);
    }

    /** Many of them, told at once. */
    public List<Lead> crowd(int size, String trigger) {
        List<Lead> crowd = Stream.generate(() -> new Lead("Ani").carrying(trigger, 1))
                .limit(size)
                .toList();
        tell(crowd);
        return crowd;
    }

    /** Tells of many leads at once; returns when this service knows them. */
    public void tell(List<Lead> leads) {
        leads.forEach(Lead::tell);
        leads.forEach(Lead::awaitTold);
    }

    public void suppress(Lead lead) {
        suppression(lead, false);
    }

    /** Nobody is kept from writing to the lead any more. */
    public void lift(Lead lead) {
        suppression(lead, true);
    }

    private void suppression(Lead lead, boolean lifted) {
        version++;
        Suppression suppression = new Suppression(user, lead.phone, "asked", null, version, lifted);
        stage.say(Topic.SUPPRESSIONS, suppression.key(), suppression);
        stage.awaitSuppression(user, lead.phone.digits(), version);
    }

    public RequestSpecification as(String role) {
        return given().auth().oauth2(TestServers.token(user.value(), role)).contentType("application/json");
    }

    public SequenceId sequence(Map<String, ?> document) {
        return SequenceId.of(as("operator")
                .body(document)
                .post("/api/v1/sequences")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    public void activate(SequenceId sequence) {
        as("operator")
                .post("/api/v1/sequences/" + sequence + "/activate")
                .then()
                .statusCode(200);
    }

    public void deactivate(SequenceId sequence) {
        as("operator")
                .post("/api/v1/sequences/" + sequence + "/deactivate")
                .then()
                .statusCode(200);
    }

    /** A lead as campaign-service would tell of it: each telling has a version of its own. */
    public final class Lead {

        private final LeadId id = new LeadId(UUID.randomUUID());
        private PhoneNumber phone = new PhoneNumber("601" + PHONES.incrementAndGet());
        private final String name;
        private final List<TriggerAssignment> triggers = new ArrayList<>();
        private DeviceId device = merah;
        private String niche = "Fitness, Travel";
        private TargetStatus status = TargetStatus.PROSPECT;
        private Attributes attributes = Attributes.NONE;
        private boolean deleted;
        private long leadVersion;

        private Lead(String name) {
            this.name = name;
        }

        public LeadId id() {
            return id;
        }

        public PhoneNumber phone() {
            return phone;
        }

        public DeviceId device() {
            return device;
        }

        public boolean isDeleted() {
            return deleted;
        }

        public Lead as(PhoneNumber other) {
            phone = other;
            return this;
        }

        public Lead on(DeviceId other) {
            device = other;
            return this;
        }

        public Lead interestedIn(String niches) {
            niche = niches;
            return this;
        }

        public Lead being(TargetStatus other) {
            status = other;
            return this;
        }

        public Lead with(String attribute, String value) {
            attributes = new Attributes(Map.of(attribute, value));
            return this;
        }

        public Lead carrying(String trigger, long assignment) {
            triggers.removeIf(carried -> carried.trigger().equals(trigger));
            triggers.add(new TriggerAssignment(trigger, assignment));
            return this;
        }

        public Lead without(String trigger) {
            triggers.removeIf(carried -> carried.trigger().equals(trigger));
            return this;
        }

        public Lead deleted() {
            deleted = true;
            return this;
        }

        public LeadSnapshot snapshot(long atVersion) {
            return new LeadSnapshot(
                    id, user, device, phone, name, niche, status, triggers, attributes, List.of(), atVersion, deleted);
        }

        /** Returns when this service knows it. */
        public Lead told() {
            tell();
            awaitTold();
            return this;
        }

        private void tell() {
            leadVersion++;
            stage.say(Topic.LEADS, id.toString(), snapshot(leadVersion));
        }

        private void awaitTold() {
            stage.awaitVersion("leads", id.value(), leadVersion);
        }
    }
}
