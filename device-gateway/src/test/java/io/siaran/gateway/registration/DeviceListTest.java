package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.scene.HeldLock;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The list of devices as an operator reads it: the troubled ones first, and what each does. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeviceListTest {

    /** An advisory lock of nobody else. */
    private static final long THE_OTHER = 4_217_001;

    /** A shop that nobody else registers devices for. */
    private final UserId shop = new UserId("kedai-" + UUID.randomUUID());

    @Inject
    DeviceChecks checks;

    @Inject
    AutoSlow autoSlow;

    @Inject
    NoteDoubts doubts;

    @Inject
    Database database;

    @Test
    void what_somebody_has_to_look_at_comes_first_page_by_page() {
        // Given
        Registered well = Cast.device(shop, "well");
        Registered banned = Cast.device(shop, "banned");
        Registered silent = Cast.device(shop, "silent");
        Registered restricted = Cast.device(shop, "restricted");
        List.of(well, banned, silent, restricted).forEach(device -> Cast.awaitStatus(device, "online"));
        refused(banned, RefusalCause.BANNED);
        refused(restricted, RefusalCause.TIMELOCK);
        receiptsStopped(silent);
        doubts.look();

        // When
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            ValidatableResponse page = list(cursor == null ? Map.of() : Map.of("cursor", cursor));
            names.addAll(page.extract().path("items.name"));
            cursor = page.extract().path("next_cursor");
        } while (cursor != null && names.size() < 10);

        // Then
        assertThat(names).containsExactly("banned", "restricted", "silent", "well");
        Cast.as(shop, "viewer")
                .queryParam("sort", "trouble")
                .queryParam("status", "online")
                .get("/api/v1/devices")
                .then()
                .statusCode(200)
                .body("items.name", contains("silent", "well"));
    }

    @Test
    void each_says_what_it_did_today_when_it_may_go_on_and_what_went_wrong() {
        // Given
        Registered merah = Cast.device(shop, "merah");
        Cast.patch(merah, Map.of("daily_cap", 40, "cold_daily_cap", 30, "time_zone", "UTC"));
        Cast.awaitStatus(merah, "online");
        said(
                merah,
                "counted_day = (clock_timestamp() AT TIME ZONE 'UTC')::date, sent_on_day = 30, replies_on_day = 7,"
                        + " first_contacts_on_day = 9");

        // When
        ValidatableResponse full = get(merah);
        said(merah, "counted_day = (clock_timestamp() AT TIME ZONE 'UTC')::date - 1");
        ValidatableResponse tomorrow = get(merah);
        refused(merah, RefusalCause.TIMELOCK);
        ValidatableResponse restricted = get(merah);
        Cast.as(shop, "operator")
                .post("/api/v1/devices/" + merah.id() + "/pause")
                .then()
                .statusCode(200)
                .body("today.next_free_at", nullValue());

        // Then
        full.body("today.cold", equalTo(30))
                .body("advice", nullValue())
                .body("today.replies", equalTo(7))
                .body("today.first_contacts", equalTo(9))
                .body("today.cold_cap", equalTo(30))
                .body("today.cold_cap_reason", equalTo("cold_daily_cap"))
                .body("today.next_free_at", containsString("T00:00:00Z"))
                .body("today.last_problem", nullValue())
                .body("health.score", equalTo(100));
        tomorrow.body("today.cold", equalTo(0)).body("today.next_free_at", notNullValue());
        restricted
                .body("today.last_problem", equalTo("463"))
                .body("today.last_problem_at", notNullValue())
                .body("advice", containsString("move-leads"))
                .body("health.score", equalTo(50))
                .body("health.findings.code", hasItem("restricted"))
                .body("health.suggested_min_delay_seconds", equalTo(20));
    }

    @Test
    void what_is_in_doubt_no_more_is_where_it_was() {
        // Given
        Registered silent = Cast.device(shop, "silent");
        Registered older = Cast.device(shop, "older");
        List.of(silent, older).forEach(device -> Cast.awaitStatus(device, "online"));
        receiptsStopped(older);
        said(silent, "contact_refusals = 5");
        int before = version(silent);
        doubts.look();
        list(Map.of("status", "online")).body("items.name", contains("silent", "older"));

        // When
        said(silent, "contact_refusals = 0");
        doubts.look();

        // Then
        list(Map.of()).body("items.name", contains("older", "silent"));
        assertThat(version(silent)).as("nobody else is told").isEqualTo(before);
    }

    @Test
    void what_another_instance_notes_at_the_same_time_stays_noted() throws InterruptedException {
        // Given
        Registered silent = Cast.device(shop, "silent");
        Cast.awaitStatus(silent, "online");
        database.run("CREATE FUNCTION wait_for_the_other() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_advisory_xact_lock(" + THE_OTHER + "); RETURN NULL; END'");
        // Of a statement it waits after what it sees is fixed, and before it changes anything.
        database.run("CREATE TRIGGER wait_for_the_other BEFORE UPDATE ON devices FOR EACH STATEMENT"
                + " WHEN (current_setting('siaran.waits', true) = 'yes') EXECUTE FUNCTION wait_for_the_other()");
        try {
            // When
            Thread late;
            try (HeldLock _ = HeldLock.advisory(database, THE_OTHER)) {
                receiptsStopped(silent);
                late = Thread.startVirtualThread(() -> database.doInTransaction(tx -> {
                    tx.run("SELECT set_config('siaran.waits', 'yes', true)");
                    tx.run(NoteDoubts.NOTE);
                }));
                HeldLock.awaitWaiting(database);
                doubts.look();
            }
            late.join();

            // Then
            assertThat(isInDoubt(silent)).isTrue();
        } finally {
            database.run("DROP FUNCTION wait_for_the_other CASCADE");
        }
    }

    private boolean isInDoubt(Registered device) {
        return database.run(
                        "SELECT in_doubt FROM devices WHERE id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getBoolean(0);
    }

    @Test
    void each_says_what_waits_for_it_where_whoever_knows_that_answers() {
        // Given
        Registered merah = Cast.device(shop, "merah");
        Registered biru = Cast.device(shop, "biru");
        List.of(merah, biru).forEach(device -> Cast.awaitStatus(device, "online"));

        // When
        try (PlatformStub dispatch = PlatformStub.start(TestServers.dispatchPort())) {
            dispatch.answers(200, """
                    {"items": [{"device_id": "%s", "name": "merah", "status": "online", "backlog": 120, "in_flight": 4,
                      "next_due": "2026-11-28T02:00:00Z", "held_until": null, "hold_reason": null,
                      "expected_empty": "2026-11-28T02:40:00Z"}], "next_cursor": null, "stopped": null}""".formatted(merah.id()));

            // Then
            list(Map.of())
                    .body("items[0].queue.backlog", equalTo(120))
                    .body("items[0].queue.in_flight", equalTo(4))
                    .body("items[0].queue.expected_empty", equalTo("2026-11-28T02:40:00Z"))
                    .body("items[1].queue", nullValue());
            get(merah).body("queue.next_due", equalTo("2026-11-28T02:00:00Z"));
            assertThat(dispatch.asked())
                    .allSatisfy(asked -> assertThat(asked.header("Authorization"))
                            .isEqualTo("Bearer " + TestServers.token(shop.value(), "viewer")));
            assertThat(dispatch.asked().getFirst().uri())
                    .contains("device_id=" + merah.id())
                    .contains("device_id=" + biru.id());
            dispatch.answers(503, "{}");
            get(merah).body("queue", nullValue()).body("today.cold", equalTo(0));
        }
        list(Map.of()).body("items.queue", contains(nullValue(), nullValue()));
    }

    @Test
    void nothing_changes_by_itself_unless_its_owner_wants_that() {
        // Given
        Registered merah = Cast.device(shop, "merah");
        Registered biru = Cast.device(shop, "biru");
        Cast.patch(merah, Map.of("auto_slow", true));
        List.of(merah, biru).forEach(device -> {
            Cast.awaitStatus(device, "online");
            receiptsStopped(device);
        });

        // When
        autoSlow.look();
        ValidatableResponse slowed = get(merah);
        int version = version(merah);
        autoSlow.look();
        int again = version(merah);
        database.run(
                "DELETE FROM receipt_habits WHERE device_id = $1", merah.id().value());
        autoSlow.look();

        // Then
        slowed.body("slow_factor", greaterThan(1)).body("auto_slow", equalTo(true));
        get(biru).body("slow_factor", equalTo(1)).body("health.score", equalTo(50));
        assertThat(again).as("told once").isEqualTo(version);
        get(merah).body("slow_factor", equalTo(1));
    }

    @Test
    void what_was_slowed_down_goes_on_as_before_when_its_owner_wants_it_no_more() {
        // Given
        Registered merah = Cast.device(shop, "merah");
        Cast.patch(merah, Map.of("auto_slow", true));
        receiptsStopped(merah);
        autoSlow.look();

        // When
        Cast.patch(merah, Map.of("auto_slow", false));

        // Then
        get(merah).body("slow_factor", equalTo(1));
    }

    private ValidatableResponse list(Map<String, String> more) {
        return Cast.as(shop, "viewer")
                .queryParam("sort", "trouble")
                .queryParam("limit", 2)
                .queryParams(more)
                .get("/api/v1/devices")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse get(Registered device) {
        return Cast.as(device.user(), "viewer")
                .get("/api/v1/devices/" + device.id())
                .then()
                .statusCode(200);
    }

    private void refused(Registered device, RefusalCause cause) {
        checks.refused(device.id(), version(device), cause, "463", Duration.ofHours(2));
    }

    private void receiptsStopped(Registered device) {
        database.run(
                "INSERT INTO receipt_habits (device_id, receipts, usual_ms, last_at, answered, newer, newer_at, older, silent_since)"
                        + " VALUES ($1, 30, 1000, clock_timestamp(), 0, 0, clock_timestamp(), 0, clock_timestamp())",
                device.id().value());
    }

    private void said(Registered device, String counters) {
        database.run(
                "INSERT INTO device_pacing (device_id, busy_until) VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING",
                device.id().value());
        database.run(
                "UPDATE device_pacing SET " + counters + " WHERE device_id = $1",
                device.id().value());
    }

    private int version(Registered device) {
        return database.run(
                        "SELECT version FROM devices WHERE id = $1", device.id().value())
                .iterator()
                .next()
                .getLong(0)
                .intValue();
    }
}
