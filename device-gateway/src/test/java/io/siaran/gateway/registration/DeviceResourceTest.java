package io.siaran.gateway.registration;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.registration.DueChecks.UnderWay;
import io.siaran.localstack.Ports;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeviceResourceTest {

    private static final String DEVICES = "/api/v1/devices";

    @ConfigProperty(name = "siaran.kafka")
    String kafka;

    @Inject
    Database database;

    @Inject
    DataSource jdbc;

    @Inject
    DeviceChecks checks;

    @Inject
    DueChecks due;

    @Test
    void a_registered_device_becomes_online_and_others_are_told_of_each_change_once() throws Exception {
        try (Topics topics = new Topics(kafka, Topic.DEVICES.topicName())) {
            // Given
            Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

            // When
            checks.observed(merah.id(), 2, new Health.Connected());
            Simulator.connection(merah.token(), "disconnected");
            checks.observed(merah.id(), 2, new Health.NotConnected("disconnected"));

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> topics.read(merah.id().toString(), DeviceSnapshot.class)
                                    .size()
                            >= 3);
            List<DeviceSnapshot> told = topics.read(merah.id().toString(), DeviceSnapshot.class);
            assertThat(told)
                    .extracting(DeviceSnapshot::status)
                    .containsExactly(DeviceStatus.OFFLINE, DeviceStatus.ONLINE, DeviceStatus.OFFLINE);
            assertThat(told).extracting(DeviceSnapshot::version).containsExactly(1L, 2L, 3L);
            assertThat(told.getLast().statusReason()).isEqualTo("disconnected");
            assertThat(told.getLast().userId()).isEqualTo(Cast.SINAR);
        }
    }

    /** Sixteen connections: a registration that waits for a second one while it holds its first would wait for all the others. */
    @Test
    void many_who_register_at_once_do_not_wait_for_each_other() throws Exception {
        Cast.device(Cast.SINAR, "first");
        List<Callable<Registered>> fleet = IntStream.range(0, 48)
                .<Callable<Registered>>mapToObj(_ -> () -> Cast.device(Cast.SINAR, "fleet"))
                .toList();

        try (ExecutorService callers = Executors.newFixedThreadPool(fleet.size())) {
            assertThat(callers.invokeAll(fleet, 30, TimeUnit.SECONDS))
                    .as("the pool's own patience is a minute")
                    .noneMatch(Future::isCancelled)
                    .allSatisfy(call -> assertThat(call.get().id()).isNotNull());
        }
    }

    /** Who asks another service by a device that it was not told of is told that there is none. */
    @Test
    void an_answer_waits_for_a_relay_that_is_behind() {
        database.run("CREATE FUNCTION hold_relay() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END'");
        database.run(
                "CREATE TRIGGER hold_relay BEFORE DELETE ON outbox FOR EACH STATEMENT EXECUTE FUNCTION hold_relay()");
        try {
            // Given
            CompletableFuture<Registered> answer = database.inTransaction(held -> {
                held.run("SELECT pg_advisory_xact_lock(4711)");
                database.run("INSERT INTO outbox (topic, key, payload) VALUES ('user-events', 'nobody', '{}')");
                await().until(() ->
                        waiting("pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()")
                                >= 1);

                // When
                CompletableFuture<Registered> asked = CompletableFuture.supplyAsync(
                        () -> Cast.device(Cast.SINAR, "merah"), Thread::startVirtualThread);

                // Then
                await().during(Duration.ofSeconds(2))
                        .atMost(Duration.ofSeconds(10))
                        .until(() -> !asked.isDone());
                return asked;
            });
            DeviceId merah = answer.orTimeout(20, TimeUnit.SECONDS).join().id();
            assertThat(waiting("outbox WHERE key = '" + merah + "'")).isZero();
        } finally {
            database.run("DROP TRIGGER hold_relay ON outbox");
            database.run("DROP FUNCTION hold_relay");
        }
    }

    private int waiting(String where) {
        return database.run("SELECT FROM " + where).rowCount();
    }

    @Test
    void a_credential_is_neither_answered_nor_stored_in_the_clear() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When
        String answer =
                Cast.as(Cast.SINAR, "viewer").get(DEVICES + "/" + merah.id()).asString();

        // Then
        assertThat(answer).doesNotContain(merah.token()).doesNotContain("credential");
        String row = database.run(
                        "SELECT d::text AS row FROM devices d WHERE id = $1",
                        merah.id().value())
                .iterator()
                .next()
                .getString("row");
        String hex = HexFormat.of().formatHex(merah.token().getBytes(StandardCharsets.UTF_8));
        assertThat(row).doesNotContain(merah.token()).doesNotContain(hex);
    }

    @Test
    void one_number_is_one_device_across_users() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Map<String, Object> twin = request(merah.token());

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(twin)
                .post(DEVICES)
                .then()
                .statusCode(409)
                .body("existing_id", equalTo(merah.id().toString()));
        Cast.as(Cast.MAJU, "operator")
                .body(twin)
                .post(DEVICES)
                .then()
                .statusCode(409)
                .body(not(containsString(merah.id().toString())));
    }

    @Test
    void a_user_sees_only_its_own() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Registered biru = Cast.device(Cast.MAJU, "biru");

        // When // Then
        Cast.as(Cast.MAJU, "viewer").get(DEVICES + "/" + merah.id()).then().statusCode(404);
        Cast.as(Cast.MAJU, "operator").delete(DEVICES + "/" + merah.id()).then().statusCode(404);
        Cast.as(Cast.MAJU, "viewer")
                .queryParam("limit", 500)
                .get(DEVICES)
                .then()
                .statusCode(200)
                .body("items.id", hasItem(biru.id().toString()))
                .body("items.id", not(hasItem(merah.id().toString())));
    }

    @Test
    void every_wrong_field_is_named() {
        // Given
        Map<String, Object> wrong = request("sim-x");
        wrong.put("base_url", "ftp://my.wablas.com");
        wrong.put("min_delay_seconds", 9);
        wrong.put("max_delay_seconds", 3);
        wrong.put("time_zone", "Mars/Olympus");

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(wrong)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains("base_url", "time_zone", "min_delay_seconds"));
    }

    @Test
    void a_server_that_can_never_be_there_is_refused_when_it_is_named() {
        // Given
        Map<String, Object> wrong = request("sim-x");
        wrong.put("base_url", "https://bridge.invalid");

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(wrong)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("violations.field", contains("base_url"))
                .body("violations.message", contains(containsString("reserved")));
    }

    @Test
    void a_device_whose_server_does_not_answer_says_what_its_owner_can_do() {
        // Given
        Map<String, Object> unreachable = request("sim-" + UUID.randomUUID());
        unreachable.put("base_url", "http://127.0.0.1:" + Ports.free(1).getFirst());

        // When
        String id = Cast.as(Cast.SINAR, "operator")
                .body(unreachable)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .body("condition", equalTo("unchecked"))
                .body("advice", containsString("wait"))
                .extract()
                .path("id");

        // Then
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            database.run("UPDATE devices SET next_check_at = 'epoch' WHERE id = $1", UUID.fromString(id));
            Cast.as(Cast.SINAR, "viewer")
                    .get(DEVICES + "/" + id)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("offline"))
                    .body("unreachable_since", notNullValue())
                    .body("advice", containsString("does not answer"));
        });
    }

    @Test
    void a_typo_a_missing_token_and_a_small_role_each_get_their_problem() {
        // Given
        Map<String, Object> typo = request("sim-x");
        typo.put("baseurl", "http://localhost");

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .body(typo)
                .post(DEVICES)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("baseurl"));
        given().get(DEVICES).then().statusCode(401).contentType("application/problem+json");
        Cast.as(Cast.SINAR, "viewer")
                .body(request("sim-x"))
                .post(DEVICES)
                .then()
                .statusCode(403)
                .contentType("application/problem+json");
    }

    @Test
    void a_repeated_registration_with_its_key_gets_the_first_answer() {
        // Given
        Map<String, Object> request = request("sim-merah-" + UUID.randomUUID());
        String key = UUID.randomUUID().toString();
        String first = register(request, key);

        // When // Then
        Cast.as(Cast.SINAR, "operator")
                .header("Idempotency-Key", key)
                .body(request)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(first));
    }

    @Test
    void a_repeated_registration_waits_as_the_first_did_until_others_are_told() throws Exception {
        // Given
        Map<String, Object> request = request("sim-merah-" + UUID.randomUUID());
        String key = UUID.randomUUID().toString();
        String id = register(request, key);
        database.run("CREATE OR REPLACE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN PERFORM pg_advisory_xact_lock_shared(4711); RETURN OLD; END $$");
        database.run("CREATE OR REPLACE TRIGGER stay BEFORE DELETE ON outbox FOR EACH ROW EXECUTE FUNCTION stay()");

        // When
        try (Connection other = jdbc.getConnection()) {
            other.createStatement().execute("SELECT pg_advisory_lock(4711)");
            database.run(
                    "INSERT INTO outbox (topic, key, payload) SELECT 'devices', d.id::text, device_snapshot(d)"
                            + " FROM devices d WHERE d.id = $1::text::uuid",
                    id);
            CompletableFuture<Void> relayed = CompletableFuture.runAsync(
                    () -> unlock(other), CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
            register(request, key);
            int untold = database.run("SELECT FROM outbox WHERE key = $1", id).rowCount();

            // Then
            relayed.get(10, TimeUnit.SECONDS);
            assertThat(untold).isZero();
        } finally {
            database.run("DROP TRIGGER stay ON outbox");
        }
    }

    private static void unlock(Connection connection) {
        try {
            connection.createStatement().execute("SELECT pg_advisory_unlock(4711)");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String register(Map<String, Object> request, String key) {
        return Cast.as(Cast.SINAR, "operator")
                .header("Idempotency-Key", key)
                .body(request)
                .post(DEVICES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void a_paused_device_stays_paused_until_a_person_resumes_it() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Cast.as(Cast.SINAR, "operator")
                .post(DEVICES + "/" + merah.id() + "/pause")
                .then()
                .statusCode(200)
                .body("status", equalTo("paused"))
                .body("status_since", notNullValue());

        // When
        checks.observed(merah.id(), 3, new Health.Connected());

        // Then
        assertThat(Cast.status(merah)).isEqualTo("paused");
        Cast.as(Cast.SINAR, "operator")
                .post(DEVICES + "/" + merah.id() + "/resume")
                .then()
                .statusCode(200)
                .body("status", equalTo("offline"));
        Cast.awaitStatus(merah, "online");
        Cast.as(Cast.SINAR, "operator")
                .post(DEVICES + "/" + merah.id() + "/resume")
                .then()
                .statusCode(409);
    }

    @Test
    void what_a_platform_said_of_an_older_device_is_ignored() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        patch(merah, Map.of("name", "merah tua")).statusCode(200);

        // When
        checks.observed(merah.id(), 2, new Health.NotConnected("logged out"));

        // Then
        assertThat(Cast.status(merah)).isEqualTo("online");
    }

    @Test
    void a_device_with_another_credential_is_offline_until_its_check() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");

        // When // Then
        patch(merah, Map.of("credential", "sim-" + UUID.randomUUID()))
                .statusCode(200)
                .body("status", equalTo("offline"))
                .body("status_reason", equalTo("not checked yet"));
        Cast.awaitStatus(merah, "online");
    }

    @Test
    void a_deleted_device_is_gone_and_its_number_is_free() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");

        // When
        Cast.as(Cast.SINAR, "operator")
                .delete(DEVICES + "/" + merah.id())
                .then()
                .statusCode(204);

        // Then
        Cast.as(Cast.SINAR, "viewer").get(DEVICES + "/" + merah.id()).then().statusCode(404);
        Cast.as(Cast.MAJU, "operator")
                .body(request(merah.token()))
                .post(DEVICES)
                .then()
                .statusCode(201);
    }

    @Test
    void a_due_check_is_claimed_by_one_instance_only() {
        // Given
        database.run("UPDATE devices SET next_check_at = clock_timestamp() + interval '1 day'");
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Cast.awaitStatus(merah, "online");
        database.run(
                "UPDATE devices SET next_check_at = 'epoch' WHERE id = $1",
                merah.id().value());

        // When
        UnderWay nothing = new UnderWay(10, Map.of(), Set.of());
        var first = due.claim(10, Duration.ofDays(1), Set.of(Platform.WABLAS), nothing);
        var second = due.claim(10, Duration.ofDays(1), Set.of(Platform.WABLAS), nothing);

        // Then
        assertThat(first.size() + second.size()).isLessThanOrEqualTo(1);
    }

    private static ValidatableResponse patch(Registered device, Map<String, Object> changes) {
        return Cast.as(device.user(), "operator")
                .body(changes)
                .patch(DEVICES + "/" + device.id())
                .then();
    }

    private static Map<String, Object> request(String token) {
        return new HashMap<>(
                Map.of("name", "merah", "platform", "wablas", "base_url", Simulator.wablas(), "credential", token));
    }
}
