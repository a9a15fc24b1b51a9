package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Statuses.sent;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ProgressResourceTest {

    @Inject
    Stage stage;

    private Tenant toko;
    private Tenant.Lead ani;
    private String path;

    @BeforeEach
    void aniIsAtTheSecondOfThreeSteps() {
        toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(3));
        path = "/api/v1/sequences/" + fitness;
        ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        stage.tell(sent(stage.fired(toko).getFirst(), 2, Instant.now()));
    }

    @Test
    void contacts_tell_where_everybody_is() {
        // When
        var answer = toko.as("viewer").get(path + "/contacts");

        // Then
        answer.then()
                .statusCode(200)
                .body("items.status", contains("sent", "active", "pending"))
                .body("items.current_step", contains(1, 2, 3))
                .body("items.current_trigger", contains("fitness_day1", "fitness_day2", "fitness_day3"))
                .body("items[0].lead_id", equalTo(ani.id().toString()))
                .body("items[0].contact_phone", equalTo(ani.phone().digits()))
                .body("items[0].contact_name", equalTo("Ani"))
                .body("items[0].assigned_device_id", equalTo(toko.merah().toString()))
                .body("items[0].processing_device_id", equalTo(toko.merah().toString()))
                .body("items[1].processing_device_id", nullValue())
                .body("next_cursor", nullValue());
    }

    @Test
    void contacts_are_filtered_by_status_and_come_in_pages() {
        // Given
        var first = toko.as("viewer").get(path + "/contacts?limit=2");

        // When
        var second = toko.as("viewer").get(path + "/contacts?limit=2&cursor=" + first.path("next_cursor"));

        // Then
        second.then().body("items.status", contains("pending"));
        toko.as("viewer").get(path + "/contacts?status=active").then().body("items.current_step", contains(2));
        toko.as("viewer")
                .get(path + "/contacts?status=gone")
                .then()
                .statusCode(400)
                .body("violations.field", contains("status"));
    }

    @Test
    void the_report_counts_each_step_and_each_device() {
        // When
        var answer = toko.as("viewer").get(path + "/report");

        // Then
        answer.then()
                .statusCode(200)
                .body("steps", hasSize(3))
                .body("steps.entered", contains(1, 1, 0))
                .body("steps.sent", contains(1, 0, 0))
                .body("steps.pending", contains(0, 1, 1))
                .body("devices", hasSize(1))
                .body("devices[0].device_id", equalTo(toko.merah().toString()))
                .body("devices[0].sent", equalTo(1))
                .body("devices[0].pending", equalTo(2));
    }
}
