package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.UserId;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one import may take of a replica. The clock starts none here: the tests do. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ImportBoundsTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    ImportStore store;

    @Inject
    LeadUpserts upserts;

    @Inject
    LeadNews news;

    @Inject
    Devices devices;

    @Inject
    ImportConfig config;

    @Inject
    Clock clock;

    private final String user = Cast.newUser();
    private DeviceId merah;

    @BeforeEach
    void link() {
        merah = cast.device(user);
    }

    @Test
    void a_file_of_more_phones_than_a_replica_has_room_for_ends_and_says_what_to_do() {
        // Given
        UUID id = upload(ofPhones(5_000, 2_501));

        // When
        imports(devices, new ImportLimits(config).phones(2_500)).work();

        // Then
        view(id).body("status", equalTo("failed"))
                .body("failure", equalTo("the file has more than 2500 phones: split the file"))
                .body("lines", equalTo(2_500))
                .body("created", equalTo(2_500));
        assertThat(store.part(id, 0)).isEmpty();
    }

    @Test
    void as_many_phones_as_a_file_may_have_are_taken_in() {
        // Given
        UUID id = upload(ofPhones(50, 25));

        // When
        imports(devices, new ImportLimits(config).phones(25)).work();

        // Then
        view(id).body("status", equalTo("done")).body("created", equalTo(25)).body("duplicate", equalTo(25));
    }

    @Test
    void a_file_of_more_lines_than_one_may_have_ends_however_few_phones_they_have_and_in_whatever_turn() {
        // Given
        UUID id = upload(ofPhones(5_000, 1));
        database.run("UPDATE imports SET lines = 2000, created = 1, duplicate = 1999 WHERE id = $1", id);

        // When
        imports(devices, new ImportLimits(config).lines(4_500)).work();

        // Then
        view(id).body("status", equalTo("failed"))
                .body("failure", equalTo("the file has more than 4500 lines: split the file"))
                .body("lines", equalTo(4_500))
                .body("duplicate", equalTo(4_499));
    }

    @Test
    void as_many_lines_as_a_file_may_have_are_taken_in() {
        // Given
        UUID id = upload(ofPhones(50, 25));

        // When
        imports(devices, new ImportLimits(config).lines(50)).work();

        // Then
        view(id).body("status", equalTo("done")).body("lines", equalTo(50));
    }

    @Test
    void a_file_of_more_devices_than_it_may_have_ends_also_where_nobody_knows_them() {
        // Given
        UUID id = upload(ofStrangeDevices(8_193));

        // When
        imports(new StrangeDevices(database), config).work();

        // Then
        view(id).body("status", equalTo("failed"))
                .body("failure", equalTo("the file has more than 8192 devices: split the file"));
    }

    @Test
    void an_import_that_passes_over_what_is_done_stays_its_replicas_and_asks_for_the_devices_of_the_rest_only() {
        // Given
        UUID id = upload(ofStrangeDevices(3_000));
        database.run("UPDATE imports SET lines = 2900, refused = 2900 WHERE id = $1", id);
        StrangeDevices strange = new StrangeDevices(database);
        PassingTime time = new PassingTime(database, store, id);

        // When
        new LeadImports(store, upserts, news, strange, database, config, time).work();

        // Then
        assertThat(time.seconds).hasValueGreaterThan(3_000);
        assertThat(time.wasTaken).isFalse();
        assertThat(strange.asked).hasValue(100);
        view(id).body("status", equalTo("done")).body("refused", equalTo(3_000));
    }

    private LeadImports imports(Devices known, ImportConfig limits) {
        return new LeadImports(store, upserts, news, known, database, limits, clock);
    }

    private static String ofPhones(int lines, int phones) {
        return "phone\n"
                + IntStream.range(0, lines)
                        .mapToObj(i -> Cast.phone(i % phones))
                        .collect(Collectors.joining("\n"));
    }

    /** Each line has one of its own. */
    private static String ofStrangeDevices(int lines) {
        return "phone,device_id\n"
                + IntStream.range(0, lines)
                        .mapToObj(i -> Cast.phone(i) + "," + UUID.randomUUID())
                        .collect(Collectors.joining("\n"));
    }

    private UUID upload(String file) {
        return UUID.fromString(as(user, "operator")
                .contentType("text/csv")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/leads/import?device_id=" + merah)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    private ValidatableResponse view(UUID id) {
        return as(user, "viewer").get("/api/v1/leads/import/" + id).then().statusCode(200);
    }

    /** None of them is anybody's. */
    private static final class StrangeDevices extends Devices {

        private final AtomicInteger asked = new AtomicInteger();

        StrangeDevices(Database database) {
            super(database, null, null);
        }

        @Override
        public void requireOwned(DeviceId device, UserId user) {
            asked.incrementAndGet();
            throw Refusal.invalid("device_id", "no such device");
        }
    }

    /** A second passes, also for the lease, whenever somebody looks; now and then another replica looks for work. */
    private static final class PassingTime extends Clock {

        private final Database database;
        private final ImportStore store;
        private final UUID id;
        private final AtomicInteger seconds = new AtomicInteger();
        private boolean wasTaken;

        PassingTime(Database database, ImportStore store, UUID id) {
            this.database = database;
            this.store = store;
            this.id = id;
        }

        @Override
        public Instant instant() {
            database.run("UPDATE imports SET lease_until = lease_until - interval '1 second' WHERE id = $1", id);
            int passed = seconds.incrementAndGet();
            if (passed % 100 == 0) {
                wasTaken |= store.lease().filter(job -> job.id().equals(id)).isPresent();
            }
            return Instant.EPOCH.plusSeconds(passed);
        }

        @Override
        public ZoneId getZone() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
