package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeviceId;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host that fails all its devices. Its name is another one than that of all other tests, so they do not share its trouble. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HostOutageTest extends GatewayScene {

    private static final int MANY = 1_000;
    private static final int FAILING = 5;

    private final List<Registered> devices = new ArrayList<>();

    @AfterEach
    void heal() {
        devices.forEach(device -> Simulator.heal(device.token()));
        database.run("DELETE FROM platform_hosts WHERE host = $1", host());
    }

    @Test
    void a_host_that_fails_many_devices_is_probed_by_one_for_all_and_lets_all_go_once_it_serves() {
        // Given
        IntStream.rangeClosed(0, FAILING).forEach(_ -> devices.add(device()));
        devices.forEach(device -> Cast.awaitStatus(device, "online"));
        Registered quiet = devices.getLast();
        List<Registered> failing = devices.subList(0, FAILING);
        devices.forEach(device -> Simulator.fault(device.token(), "SERVER_ERROR", Map.of("count", MANY)));

        // When
        failing.forEach(device -> send(device, 4));

        // Then
        failing.forEach(device -> events(device, 4));
        await().atMost(PATIENCE).until(this::isOpen);

        // When
        send(quiet, 1);

        // Then
        assertThat(events(quiet, 1).getFirst())
                .isInstanceOfSatisfying(
                        Deferred.class,
                        deferred -> assertThat(deferred.reason()).isEqualTo(DeferReason.PLATFORM_TROUBLE));
        assertThat(Simulator.strikes(quiet.token())).isZero();

        // When
        probeNow();

        // Then
        await().atMost(PATIENCE).until(() -> mayProbe(quiet));
        send(quiet, 2);
        List<DeliveryEvent> probed = events(quiet, 3);
        assertThat(probed.get(1))
                .isInstanceOfSatisfying(
                        Returned.class,
                        returned -> assertThat(returned.reason()).isEqualTo(ReturnReason.PLATFORM_TROUBLE));
        assertThat(probed.get(2)).isInstanceOf(Deferred.class);
        assertThat(Simulator.strikes(quiet.token())).isEqualTo(1);
        assertThat(isOpen()).isTrue();

        // When
        devices.forEach(device -> Simulator.heal(device.token()));
        probeNow();

        // Then
        await().atMost(PATIENCE).until(() -> devices.stream().anyMatch(this::mayProbe));
        Registered prober = devices.stream().filter(this::mayProbe).findFirst().orElseThrow();
        int before = events(prober, 0).size();
        send(prober, 1);
        assertThat(events(prober, before + 1).getLast()).isInstanceOf(Accepted.class);
        assertThat(isOpen()).isFalse();
        await().atMost(PATIENCE)
                .until(() -> devices.stream().allMatch(device -> device.equals(prober) || isLetGo(device)));
        for (Registered device : failing) {
            if (!device.equals(prober)) {
                send(device, 1);
                assertThat(events(device, 5).getLast()).isInstanceOf(Accepted.class);
            }
        }
    }

    @Test
    void the_breaker_of_a_host_is_forgotten_with_its_last_device() {
        // Given
        Registered last = device();
        database.run(
                "INSERT INTO platform_hosts (host, open_since, next_probe_at) VALUES ($1, now(), now()) ON CONFLICT (host)"
                        + " DO UPDATE SET open_since = now(), next_probe_at = now()",
                host());

        // Then
        await().atMost(PATIENCE).until(this::isProbedAgainLater);

        // When
        devices.add(last);
        deleteAll();
        database.run("UPDATE platform_hosts SET next_probe_at = now() WHERE host = $1", host());

        // Then
        await().atMost(PATIENCE).until(() -> !isOpen());
    }

    /** Also those of other tests. */
    private void deleteAll() {
        for (Row device : database.run("SELECT id FROM devices WHERE host = $1 AND NOT deleted", host())) {
            Cast.as(Cast.SINAR, "operator")
                    .delete("/api/v1/devices/" + device.getUUID("id"))
                    .then()
                    .statusCode(204);
        }
    }

    private boolean isProbedAgainLater() {
        return database.run("SELECT FROM platform_hosts WHERE host = $1 AND next_probe_at > now()", host())
                        .rowCount()
                > 0;
    }

    private void send(Registered device, int messages) {
        for (int i = 0; i < messages; i++) {
            topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.ANI));
        }
    }

    private static String base() {
        return Simulator.wablas().replace("127.0.0.1", "localhost");
    }

    private static String host() {
        return base().replaceAll("^http://([^/]*)/.*$", "$1");
    }

    private static Registered device() {
        String token = "sim-host-" + UUID.randomUUID();
        String id = Cast.as(Cast.SINAR, "operator")
                .body(Map.of("name", "merah", "platform", "wablas", "base_url", base(), "credential", token))
                .post("/api/v1/devices")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Registered(DeviceId.of(id), Cast.SINAR, token);
    }

    private boolean isOpen() {
        return database.run("SELECT FROM platform_hosts WHERE host = $1 AND open_since IS NOT NULL", host())
                        .rowCount()
                > 0;
    }

    /** The next probe is due, and what is held is held for long enough. */
    private void probeNow() {
        database.run("UPDATE device_pacing SET held_since = held_since - interval '5 seconds' WHERE host = $1", host());
        database.run("UPDATE platform_hosts SET next_probe_at = now() WHERE host = $1", host());
    }

    private boolean mayProbe(Registered device) {
        return pacing(device).getOffsetDateTime("probes_until") != null;
    }

    private boolean isLetGo(Registered device) {
        return !pacing(device).getOffsetDateTime("held_until").toInstant().isAfter(Instant.now());
    }

    private Row pacing(Registered device) {
        return database.run(
                        "SELECT * FROM device_pacing WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next();
    }
}
