package io.siaran.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.registration.DeviceChecks;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What became of a device can be read, whoever changed it, by its owner and nobody else. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeviceEventsTest {

    @Inject
    DeviceChecks checks;

    @Inject
    Database database;

    @Inject
    ForgetDeviceEvents forget;

    @Test
    void every_change_is_written_down_with_since_when_and_why_newest_first() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

        // When
        checks.refused(merah.id(), 2, RefusalCause.TIMELOCK, "463: nobody new for a time", Duration.ofHours(6));
        act(merah, "pause");
        act(merah, "resume");

        // Then
        ValidatableResponse events = events(merah, Map.of())
                .body("items.since", everyItem(notNullValue()))
                .body("next_cursor", nullValue());
        events.body(
                "items.reverse().take(5).kind",
                contains("registered", "condition", "condition", "condition", "condition"));
        events.body(
                "items.reverse().take(5).condition",
                contains("unchecked", "online", "restricted", "paused", "unchecked"));
        events.body(
                "items.reverse().take(4).reason",
                contains(
                        "not checked yet",
                        "its platform says that it is connected",
                        "463: nobody new for a time",
                        "paused by an operator"));
        events.body("items.reverse()[2].held_until", notNullValue());
        events.body("items.reverse()[2].status", equalTo("offline"));
    }

    @Test
    void a_check_that_finds_everything_as_it_was_is_no_event_and_an_unreachable_platform_is_one() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        act(merah, "pause");

        // When
        checks.observed(merah.id(), 3, new Health.Connected());
        for (int i = 0; i < 4; i++) {
            checks.observed(merah.id(), 3, new Health.CannotBeAsked("HTTP 500", Duration.ZERO));
        }
        checks.observed(merah.id(), 3, new Health.NotConnected("gone"));

        // Then
        events(merah, Map.of())
                .body("items.kind", contains("reachable", "unreachable", "condition", "condition", "registered"))
                .body(
                        "items[1].reason",
                        equalTo("its platform could not be asked about it three times in a row; it still sends"));
    }

    @Test
    void pages_follow_each_other_and_somebody_elses_device_does_not_exist() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        act(merah, "pause");

        // When
        String cursor = events(merah, Map.of("limit", 2))
                .body("items.condition", contains("paused", "online"))
                .extract()
                .path("next_cursor");

        // Then
        events(merah, Map.of("limit", 2, "cursor", cursor))
                .body("items.kind", contains("registered"))
                .body("next_cursor", nullValue());
        Cast.as(Cast.MAJU, "viewer").get(path(merah)).then().statusCode(404);
        Cast.as(Cast.SINAR, "viewer")
                .queryParam("cursor", "eA")
                .get(path(merah))
                .then()
                .statusCode(400);
        Cast.as(Cast.SINAR, "operator")
                .delete("/api/v1/devices/" + merah.id())
                .then()
                .statusCode(204);
        Cast.as(Cast.SINAR, "viewer").get(path(merah)).then().statusCode(404);
    }

    @Test
    void a_device_that_flaps_keeps_its_last_thousand_events_and_old_ones_are_forgotten() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        act(merah, "pause");
        database.run(
                "INSERT INTO device_events (device_id, kind, condition, status, since, reason)"
                        + " SELECT $1, 'condition', 'online', 'online', now(), 'flaps' FROM generate_series(1, 1010)",
                merah.id().value());

        // When
        act(merah, "resume");
        long flapped = kept(merah);
        database.run(
                "UPDATE device_events SET at = now() - interval '91 days' WHERE device_id = $1 AND reason = 'flaps'",
                merah.id().value());
        forget.forget();

        // Then
        assertThat(flapped).isBetween(1_000L, 1_001L);
        assertThat(kept(merah)).isLessThan(10);
    }

    private long kept(Registered device) {
        return database.run(
                        "SELECT count(*) FROM device_events WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getLong(0);
    }

    private static void act(Registered device, String what) {
        Cast.as(device.user(), "operator").post(path(device, what)).then().statusCode(200);
    }

    private static ValidatableResponse events(Registered device, Map<String, ?> query) {
        return Cast.as(device.user(), "viewer")
                .queryParams(query)
                .get(path(device))
                .then()
                .statusCode(200);
    }

    private static String path(Registered device) {
        return path(device, "events");
    }

    private static String path(Registered device, String what) {
        return "/api/v1/devices/" + device.id() + "/" + what;
    }
}
