package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.gateway.scene.SilentHosts;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Sql;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which platforms are asked who hides behind a LID, and how many at once. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AskForSendersTest extends CallbackScene {

    private static final String CLAIM = Sql.load(AskForSenders.class, "claim-hidden.sql");
    private static final int MANY = 30;
    private static final int THOUSANDS = 5_000;

    @Test
    void a_server_that_is_slow_to_answer_and_devices_that_cannot_be_asked_keep_nobody_waiting() {
        // Given
        try (PlatformStub slow = PlatformStub.start();
                PlatformStub quick = PlatformStub.start()) {
            slow.answersAfter(Duration.ofSeconds(8));
            quick.answers(200, "{\"lid\":\"1@lid\",\"pn\":\"60121111111@c.us\"}");
            Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of("base_url", slow.url()));
            Registered kuning = PlatformDevices.device(Cast.MAJU, "gowa", Map.of("base_url", slow.url()));
            Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", quick.url()));

            // When
            hidden(merah, MANY, "2 hours");
            hidden(kuning, MANY, "2 hours");
            hidden(biru, 1, "1 hour");

            // Then
            await().atMost(Duration.ofSeconds(6)).until(() -> resolved(biru) == 1);
            assertThat(asked(slow)).isEqualTo(5);
            assertThat(looked(kuning)).isEqualTo(MANY);
            forget(merah, kuning);
        }
    }

    @Test
    void a_server_that_answers_at_once_and_has_thousands_to_ask_for_keeps_nobody_waiting() {
        // Given
        try (PlatformStub crowded = PlatformStub.start();
                PlatformStub quiet = PlatformStub.start()) {
            crowded.answers(200, "{}");
            quiet.answers(200, "{\"lid\":\"1@lid\",\"pn\":\"60121111111@c.us\"}");
            Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of("base_url", crowded.url()));
            Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", quiet.url()));

            // When
            hidden(merah, THOUSANDS, "2 hours");
            hidden(biru, 1, "1 hour");

            // Then
            await().atMost(Duration.ofSeconds(6)).until(() -> resolved(biru) == 1);
            assertThat(looked(merah)).isLessThan(THOUSANDS / 4);
            forget(merah);
        }
    }

    @Test
    void a_host_whose_breaker_is_open_is_not_asked_until_it_serves_again() {
        // Given
        try (PlatformStub down = PlatformStub.start()) {
            down.answers(200, "{\"lid\":\"1@lid\",\"pn\":\"60121111111@c.us\"}");
            Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", down.url()));
            Registered biru = PlatformDevices.device(Cast.SINAR, "gowa", Map.of());
            String host = URI.create(down.url()).getAuthority();
            database.run(
                    "INSERT INTO platform_hosts (host, open_since, next_probe_at) VALUES ($1, clock_timestamp(), 'infinity')"
                            + " ON CONFLICT (host) DO UPDATE SET open_since = excluded.open_since,"
                            + " next_probe_at = excluded.next_probe_at, releasing = NULL",
                    host);

            // When
            hidden(merah, 1, "2 hours");
            hidden(biru, 1, "1 hour");

            // Then
            await().atMost(PATIENCE).until(() -> looked(biru) == 1);
            assertThat(asked(down)).isZero();
            assertThat(looked(merah)).isZero();

            // When
            database.run("UPDATE platform_hosts SET open_since = NULL, next_probe_at = NULL WHERE host = $1", host);

            // Then
            await().atMost(PATIENCE).until(() -> resolved(merah) == 1);
            forget(merah, biru);
        }
    }

    @Test
    void a_user_with_many_hosts_that_answer_nothing_takes_the_place_of_no_other() {
        // Given
        Registered merah = PlatformDevices.device(Cast.MAJU, "waha", Map.of());
        Registered biru = PlatformDevices.device(Cast.SINAR, "waha", Map.of());

        // When
        List<UUID> asked = database.inTransaction(tx -> {
            UUID[] silent = SilentHosts.of(tx, merah, 100);
            UUID[] all = Stream.concat(Stream.of(silent), Stream.of(biru.id().value()))
                    .toArray(UUID[]::new);
            tx.run(
                    "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, lid, type, text, at,"
                            + " received_at, resolve_at) SELECT gen_random_uuid(), user_id, id, 'in-1', '100000000001', 'text',"
                            + " 'Hai', now(), now(), now() - interval '1 hour' FROM devices WHERE id = ANY ($1::uuid[])",
                    (Object) all);
            List<UUID> claimed = new ArrayList<>();
            tx.run(CLAIM, 4, 24, new String[] {"waha"}, 5, new String[0], new Integer[0])
                    .forEach(row -> claimed.add(row.getUUID("device_id")));
            SilentHosts.forget(tx, silent);
            return claimed;
        });

        // Then
        assertThat(asked).hasSize(4).contains(biru.id().value());
        forget(biru);
    }

    /** So many people wrote to it from behind LIDs of their own, and it is time to ask who they are. */
    private void hidden(Registered device, int people, String since) {
        database.run(
                "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, lid, type, text, at, received_at,"
                        + " resolve_at) SELECT gen_random_uuid(), $2, $1, 'in-' || n, '10000000000' || n, 'text', 'Hai',"
                        + " clock_timestamp(), clock_timestamp(), clock_timestamp() - $4::text::interval"
                        + " FROM generate_series(1, $3::int) AS n",
                device.id().value(),
                device.user().value(),
                people,
                since);
    }

    private long resolved(Registered device) {
        return count(device, "phone IS NOT NULL");
    }

    private long looked(Registered device) {
        return count(device, "failures > 0");
    }

    private long count(Registered device, String condition) {
        return database.run(
                        "SELECT count(*) FROM inbound_messages WHERE device_id = $1 AND " + condition,
                        device.id().value())
                .iterator()
                .next()
                .getLong(0);
    }

    private static long asked(PlatformStub server) {
        return server.asked().stream()
                .filter(asked -> asked.uri().contains("/lids/"))
                .count();
    }

    /** So that no other test waits for what a server never answers. */
    private void forget(Registered... devices) {
        for (Registered device : devices) {
            database.run(
                    "DELETE FROM inbound_messages WHERE device_id = $1",
                    device.id().value());
        }
    }
}
