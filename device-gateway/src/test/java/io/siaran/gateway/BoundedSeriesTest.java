package io.siaran.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.CredentialVault;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.metrics.Scrape;
import io.siaran.model.DeviceId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus stores of a gateway does not grow with its fleet. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BoundedSeriesTest extends GatewayScene {

    private static final int DEVICES = 10_000;
    private static final int USERS = 50;
    private static final int HOSTS = 200;
    private static final int AT_ONCE = 32;

    /** Resting, so that whoever sends by it hears so: ten thousand calls would tell nothing more. */
    private static final String ADD = """
            INSERT INTO devices (id, user_id, name, platform, base_url, credential, fingerprint, condition, status, status_since,
              status_reason, time_zone, anti_spam, next_check_at, version, created_at, updated_at)
            SELECT id, 'fleet-' || n % $3::int, 'device ' || n, (ARRAY['wablas', 'whacenter', 'gowa', 'waha', 'evolution'])[n % 5 + 1],
              'https://server-' || n % $4::int || '.example', credential, decode(md5(id::text), 'hex'), 'paused', 'paused', now(),
              'resting', 'Asia/Kuala_Lumpur', 'off', now() + interval '1 day', 1, now(), now()
            FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS fleet (id, credential, n)
            """;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    CredentialVault vault;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void ten_thousand_devices_of_many_users_platforms_and_hosts_bring_no_series_of_their_own() {
        // Given
        PlatformDevices.online(Cast.SINAR, PlatformDevices.ALL).forEach(device -> events(whoSends(device), 1));
        int before = scrape().series().size();
        List<Registered> fleet = fleet();

        // When
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_ONCE)) {
            fleet.forEach(device -> senders.execute(() -> whoSends(device)));
        }
        Cast.as(fleet.getFirst().user(), "viewer")
                .get("/api/v1/devices/" + fleet.getFirst().id())
                .then()
                .statusCode(200);
        Cast.as(Cast.SINAR, "viewer")
                .get("/api/v1/nothing/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        Set<String> silent =
                fleet.stream().map(device -> device.id().toString()).collect(Collectors.toCollection(HashSet::new));
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    silent.removeAll(new HashSet<>(topics.keys()));
                    return silent.isEmpty();
                });

        // Then
        Scrape scrape = scrape();
        System.out.printf(
                "  %d series before, %d with %d devices%n",
                before, scrape.series().size(), DEVICES);
        assertThat(scrape.unbounded()).isEmpty();
        assertThat(scrape.series()).hasSizeLessThan(Scrape.MOST);
    }

    private Scrape scrape() {
        return Scrape.of(management.resolve("metrics"));
    }

    private Registered whoSends(Registered device) {
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.anybody()));
        return device;
    }

    private List<Registered> fleet() {
        List<Registered> fleet = IntStream.rangeClosed(1, DEVICES)
                .mapToObj(n -> new Registered(
                        new DeviceId(UUID.randomUUID()), new UserId("fleet-" + n % USERS), "sim-fleet-" + n))
                .toList();
        database.run(
                ADD,
                fleet.stream().map(device -> device.id().value()).toArray(UUID[]::new),
                fleet.stream().map(this::sealed).toArray(Buffer[]::new),
                USERS,
                HOSTS);
        return fleet;
    }

    private Buffer sealed(Registered device) {
        return Buffer.buffer(vault.seal(device.id().value(), new Credential(device.token())));
    }

    /** Other tests look after few devices quickly. */
    @AfterEach
    void removeFleet() {
        database.run(
                "DELETE FROM device_pacing WHERE device_id IN (SELECT id FROM devices WHERE user_id LIKE 'fleet-%')");
        database.run("DELETE FROM devices WHERE user_id LIKE 'fleet-%'");
    }
}
