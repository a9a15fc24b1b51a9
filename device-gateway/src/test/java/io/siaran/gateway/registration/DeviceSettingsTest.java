package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.UnknownPolicy;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** What an operator decides about a device and about all of them, over REST. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeviceSettingsTest {

    private static final Map<String, Object> NIGHT = Map.of("from", "22:00", "until", "07:00");

    @ConfigProperty(name = "siaran.kafka")
    String kafka;

    @Inject
    ConnectedDevices devices;

    @Inject
    Database database;

    @Test
    void every_setting_can_be_changed_and_the_others_stay() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        patch(merah, Map.of("hourly_cap", 30, "daily_cap", 200, "greetings", List.of("Hai", "Helo")));

        // When
        Map<String, Object> changes = new HashMap<>(Map.of(
                "name",
                " Merah dua ",
                "min_delay_seconds",
                5,
                "max_delay_seconds",
                9,
                "time_zone",
                "Asia/Jakarta",
                "anti_spam",
                "greeting",
                "warm_up",
                true,
                "unknown_policy",
                "retry",
                "typing",
                true,
                "daily_cap",
                0,
                "quiet_hours",
                List.of(NIGHT)));
        patch(merah, changes).statusCode(200);

        // Then
        Cast.as(Cast.SINAR, "viewer")
                .get("/api/v1/devices/" + merah.id())
                .then()
                .body("name", equalTo("Merah dua"))
                .body("min_delay_seconds", equalTo(5))
                .body("max_delay_seconds", equalTo(9))
                .body("time_zone", equalTo("Asia/Jakarta"))
                .body("anti_spam", equalTo("greeting"))
                .body("warm_up", equalTo(true))
                .body("unknown_policy", equalTo("retry"))
                .body("typing", equalTo(true))
                .body("hourly_cap", equalTo(30))
                .body("daily_cap", nullValue())
                .body("greetings", contains("Hai", "Helo"))
                .body("quiet_hours", hasSize(1))
                .body("quiet_hours[0].from", equalTo("22:00"))
                .body("quiet_hours[0].until", equalTo("07:00"))
                .body("quiet_hours[0].days", hasSize(7));
    }

    @Test
    void others_are_told_of_a_change_and_of_the_end() throws Exception {
        try (Topics topics = new Topics(kafka, Topic.DEVICES.topicName())) {
            // Given
            Registered merah = Cast.device(Cast.SINAR, "merah");

            // When
            patch(merah, Map.of("hourly_cap", 30, "daily_cap", 200, "unknown_policy", "assume_sent"));
            Cast.as(Cast.SINAR, "operator")
                    .delete("/api/v1/devices/" + merah.id())
                    .then()
                    .statusCode(204);

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> snapshots(topics, merah).stream().anyMatch(DeviceSnapshot::deleted));
            DeviceSnapshot last = snapshots(topics, merah).getLast();
            assertThat(last.deleted()).isTrue();
            assertThat(last.unknownPolicy()).isEqualTo(UnknownPolicy.ASSUME_SENT);
            assertThat(last.hourlyCap()).isEqualTo(30);
            assertThat(last.dailyCap()).isEqualTo(200);
            assertThat(snapshots(topics, merah))
                    .extracting(DeviceSnapshot::version)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void a_new_device_takes_the_same_settings() {
        // Given
        Map<String, Object> asked = new HashMap<>(Map.of(
                "name",
                "biru",
                "platform",
                "wablas",
                "credential",
                "sim-biru-" + System.nanoTime(),
                "base_url",
                Simulator.wablas(),
                "hourly_cap",
                7,
                "warm_up",
                true,
                "greetings",
                List.of("Salam")));

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(asked)
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .body("hourly_cap", equalTo(7))
                .body("warm_up", equalTo(true))
                .body("unknown_policy", equalTo("hold"))
                .body("greetings", contains("Salam"));
    }

    @Test
    void a_changed_credential_is_the_one_that_is_used() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String other = "sim-other-" + System.nanoTime();

        // When
        patch(merah, Map.of("credential", other)).statusCode(200);

        // Then
        assertThat(devices.newest(merah.id()).orElseThrow().credential().secret())
                .isEqualTo(other);
    }

    @Test
    void a_device_cannot_become_another_one() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");

        // When // Then
        patch(biru, Map.of("credential", merah.token())).statusCode(409);
        patch(biru, Map.of("platform", "whacenter")).statusCode(400).body("violations.field", hasItem("platform"));
        assertThat(devices.newest(biru.id()).orElseThrow().credential().secret())
                .isEqualTo(biru.token());
    }

    @Test
    void every_wrong_setting_is_named() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When // Then
        patch(
                        merah,
                        Map.of(
                                "base_url", "ftp://x",
                                "min_delay_seconds", 9,
                                "max_delay_seconds", 3,
                                "time_zone", "+08:00",
                                "hourly_cap", -1,
                                "daily_cap", 100_001,
                                "greetings", List.of("{open")))
                .statusCode(400)
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "base_url",
                                "min_delay_seconds",
                                "time_zone",
                                "hourly_cap",
                                "daily_cap",
                                "greetings[0]"));
        patch(merah, Map.of("name", "  ")).statusCode(400).body("violations.field", hasItem("name"));
        patch(merah, Map.of("quiet_hours", List.of(Map.of("from", "25:00", "until", "07:00"))))
                .statusCode(400)
                .body("violations.field", hasItem("quiet_hours[0].from"));
        patch(merah, Map.of("quiet_hours", List.of(Map.of("until", "07:00")))).statusCode(400);
    }

    @Test
    void nobody_changes_somebody_elses_device() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When // Then
        Cast.as(Cast.MAJU, "operator")
                .body(Map.of("name", "mine"))
                .patch("/api/v1/devices/" + merah.id())
                .then()
                .statusCode(404);
        Cast.as(Cast.SINAR, "viewer")
                .body(Map.of("name", "mine"))
                .patch("/api/v1/devices/" + merah.id())
                .then()
                .statusCode(403);
    }

    @Test
    void a_users_rules_are_replaced_as_a_whole_and_are_its_own() {
        // Given
        Map<String, Object> asked =
                Map.of("quiet_hours", List.of(NIGHT), "holidays", "kedah", "rest_days", true, "rate_per_minute", 60);

        // When
        rules(asked).statusCode(200);

        // Then
        Cast.as(Cast.MAJU, "viewer")
                .get("/api/v1/sending-rules")
                .then()
                .statusCode(200)
                .body("quiet_hours", hasSize(1))
                .body("holidays", equalTo("kedah"))
                .body("rest_days", equalTo(true))
                .body("friday_prayer", equalTo(false))
                .body("rate_per_minute", equalTo(60));
        Cast.as(Cast.SINAR, "viewer")
                .get("/api/v1/sending-rules")
                .then()
                .statusCode(200)
                .body("holidays", nullValue());
        rules(Map.of()).statusCode(200).body("quiet_hours", hasSize(0)).body("holidays", nullValue());
    }

    @Test
    void a_change_of_a_users_rules_is_told_as_a_change_of_each_of_its_devices() throws Exception {
        try (Topics topics = new Topics(kafka, Topic.DEVICES.topicName())) {
            // Given
            Registered merah = Cast.onlineDevice(Cast.MAJU, "merah");
            Registered biru = Cast.onlineDevice(Cast.MAJU, "biru");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> snapshots(topics, merah).size() == 2
                            && snapshots(topics, biru).size() == 2);
            long before = devices.newest(biru.id()).orElseThrow().version();

            // When
            rules(Map.of("friday_prayer", true)).statusCode(200);

            // Then
            assertThat(devices.newest(biru.id()).orElseThrow().version()).isGreaterThan(before);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> snapshots(topics, merah).size() > 2
                            && snapshots(topics, biru).getLast().version() > before);
        }
    }

    @Test
    void what_is_told_of_a_device_when_its_users_rules_change_is_all_that_was_told_before() throws Exception {
        try (Topics topics = new Topics(kafka, Topic.DEVICES.topicName())) {
            // Given
            Registered merah = Cast.onlineDevice(Cast.MAJU, "merah");
            patch(merah, Map.of("min_delay_seconds", 3, "max_delay_seconds", 5, "hourly_cap", 7, "daily_cap", 9))
                    .statusCode(200);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> snapshots(topics, merah).size() == 3);
            DeviceSnapshot before = snapshots(topics, merah).getLast();

            // When
            rules(Map.of()).statusCode(200);

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> snapshots(topics, merah).size() == 4);
            assertThat(snapshots(topics, merah).getLast())
                    .usingRecursiveComparison()
                    .ignoringFields("version")
                    .isEqualTo(before);
            assertThat(snapshots(topics, merah).getLast().version()).isEqualTo(before.version() + 1);
        }
    }

    @Test
    void new_rules_are_not_in_force_when_they_cannot_be_published() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.MAJU, "merah");
        rules(Map.of()).statusCode(200);
        database.run("ALTER TABLE outbox ADD CONSTRAINT refused CHECK (key <> '" + merah.id() + "') NOT VALID");

        // When
        try {
            rules(Map.of("friday_prayer", true)).statusCode(500);
        } finally {
            database.run("ALTER TABLE outbox DROP CONSTRAINT refused");
        }

        // Then
        Cast.as(Cast.MAJU, "viewer").get("/api/v1/sending-rules").then().body("friday_prayer", equalTo(false));
    }

    @Test
    void wrong_rules_of_a_user_are_named() {
        rules(Map.of("rate_per_minute", 0)).statusCode(400).body("violations.field", hasItem("rate_per_minute"));
        rules(Map.of("holidays", "atlantis")).statusCode(400).body("violations.field", hasItem("holidays"));
        rules(Map.of("rest_days", true)).statusCode(400).body("violations.field", hasItem("rest_days"));
    }

    private static List<DeviceSnapshot> snapshots(Topics topics, Registered device) {
        return topics.read(device.id().toString(), DeviceSnapshot.class);
    }

    private static ValidatableResponse patch(Registered device, Map<String, Object> changes) {
        return Cast.as(device.user(), "operator")
                .body(changes)
                .patch("/api/v1/devices/" + device.id())
                .then();
    }

    private static ValidatableResponse rules(Map<String, Object> asked) {
        return Cast.as(Cast.MAJU, "operator")
                .body(asked)
                .put("/api/v1/sending-rules")
                .then();
    }
}
