package io.siaran.sequence.simulation;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A sequence on a virtual clock. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SimulationTest {

    private static final ZoneId ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    @Inject
    Stage stage;

    @Test
    void thirty_days_are_played_with_their_texts_in_under_a_second() {
        // Given
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(30));
        Map<String, Object> ani = Map.of("name", "Ani", "start", "2026-11-01T01:00:00Z", "pace_seconds", 20);

        // When
        var answer = toko.as("viewer").body(ani).post("/api/v1/sequences/" + fitness + "/simulate");

        // Then
        answer.then()
                .statusCode(200)
                .time(lessThan(10_000L))
                .body("steps", hasSize(30))
                .body("steps[0].sent_at", equalTo("2026-11-01T01:00:20Z"))
                .body("steps[29].text", equalTo("Day 30 for Ani"))
                .body("steps[29].due_at", equalTo("2026-11-30T01:09:40Z"))
                .body("ends_at", equalTo("2026-11-30T01:10:00Z"));
    }

    @Test
    void what_cannot_be_played_is_told() {
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(1));
        String path = "/api/v1/sequences/" + fitness + "/simulate";
        toko.as("viewer")
                .body(Map.of("entry_trigger", "other"))
                .post(path)
                .then()
                .statusCode(400)
                .body("violations.field", contains("entry_trigger"));
        toko.as("viewer")
                .body(with(Map.of("name", "Ani"), "quiet_from", "22:00"))
                .post(path)
                .then()
                .statusCode(400)
                .body("violations.field", contains("quiet_until"));
        stage.tenant().as("viewer").body(Map.of()).post(path).then().statusCode(404);
    }

    @Test
    void a_device_sends_nothing_in_its_quiet_hours_also_over_midnight() {
        // Given
        VirtualDevice device = new VirtualDevice(Duration.ofSeconds(10), LocalTime.of(22, 0), LocalTime.of(8, 0), ZONE);

        // Then
        assertThat(device.sends(Instant.parse("2026-11-01T13:59:00Z")))
                .isEqualTo(Instant.parse("2026-11-01T13:59:10Z"));
        assertThat(device.sends(Instant.parse("2026-11-01T14:00:00Z")))
                .isEqualTo(Instant.parse("2026-11-02T00:00:00Z"));
        assertThat(device.sends(Instant.parse("2026-11-01T20:00:00Z")))
                .isEqualTo(Instant.parse("2026-11-02T00:00:00Z"));
    }
}
