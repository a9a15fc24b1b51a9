package io.siaran.campaign.lead;

import static io.siaran.campaign.Cast.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files whose replicas are killed while they work on them. The clock starts no import here: the tests do. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LostImportsTest {

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

    @Inject
    LeadImports imports;

    private final String user = Cast.newUser();
    private DeviceId merah;

    /** What other tests left would have its turn first. */
    @BeforeEach
    void linkAndEndAllOthers() {
        merah = cast.device(user);
        imports.work();
    }

    @Test
    void a_file_at_whose_next_line_replica_after_replica_is_lost_ends_as_failed() {
        // Given
        UUID id = upload();
        lose(lease(id));
        lose(lease(id));

        // When
        limited(2).work();

        // Then
        view(id).body("status", equalTo("failed"))
                .body(
                        "failure",
                        equalTo("2 times in a row whoever worked on it was lost before a further line was taken in:"
                                + " split the file"))
                .body("lines", equalTo(0));
        assertThat(store.part(id, 0)).isEmpty();
    }

    @Test
    void a_file_whose_replica_is_lost_once_less_goes_on() {
        // Given
        UUID id = upload();
        lose(lease(id));

        // When
        limited(2).work();

        // Then
        view(id).body("status", equalTo("done")).body("created", equalTo(2));
    }

    @Test
    void who_takes_a_line_in_is_not_counted_with_those_before() {
        // Given
        UUID id = upload();
        lose(lease(id));
        LeadImport further = lease(id);
        database.doInTransaction(tx -> store.advance(tx, further, Map.of(Outcome.CREATED, 1L), List.of(), 0));
        lose(further);

        // When
        limited(2).work();

        // Then
        view(id).body("status", equalTo("done")).body("lines", equalTo(2));
    }

    @Test
    void who_hands_a_file_back_or_puts_it_off_is_not_lost() {
        // Given
        UUID id = upload();
        store.handBack(lease(id));
        store.release(lease(id));
        database.run("UPDATE imports SET lease_until = clock_timestamp() WHERE id = $1", id);

        // When
        limited(1).work();

        // Then
        view(id).body("status", equalTo("done"));
    }

    private LeadImport lease(UUID id) {
        LeadImport job = store.lease().orElseThrow();
        assertThat(job.id()).isEqualTo(id);
        return job;
    }

    /** Two minutes pass, and nobody says a word. */
    private void lose(LeadImport job) {
        database.run("UPDATE imports SET lease_until = clock_timestamp() WHERE id = $1", job.id());
    }

    private LeadImports limited(int lostLeases) {
        ImportConfig limits = new ImportLimits(config).lostLeases(lostLeases);
        return new LeadImports(store, upserts, news, devices, database, limits, clock);
    }

    private UUID upload() {
        return UUID.fromString(as(user, "operator")
                .contentType("text/csv")
                .body(("phone\n" + Cast.ANI + "\n" + Cast.BUDI).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/leads/import?device_id=" + merah)
                .then()
                .statusCode(202)
                .extract()
                .path("id"));
    }

    private ValidatableResponse view(UUID id) {
        return as(user, "viewer").get("/api/v1/leads/import/" + id).then().statusCode(200);
    }
}
