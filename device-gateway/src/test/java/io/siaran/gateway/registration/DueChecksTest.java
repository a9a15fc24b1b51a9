package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.scene.SilentHosts;
import io.siaran.localstack.TestServers;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose turn it is where more devices wait than are asked at once, looked at in transactions that nobody else sees. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DueChecksTest {

    private static final String CLAIM = Sql.load(DueChecks.class, "claim-checks.sql");
    /** No device of another test is of it. */
    private static final String PLATFORM = "of-this-test";

    @Inject
    Database database;

    @Inject
    DeviceChecks checks;

    private final UserId many = new UserId("many-" + UUID.randomUUID());
    private final UserId few = new UserId("few-" + UUID.randomUUID());

    @Test
    void a_user_with_many_devices_that_wait_longer_takes_the_place_of_no_other() {
        // Given
        Registered merah = Cast.device(many, "merah");
        Registered biru = Cast.device(few, "biru");

        // When
        List<UUID> claimed = database.inTransaction(tx -> {
            UUID[] waiting = SilentHosts.of(tx, merah, 100);
            due(tx, "1 hour", waiting);
            due(tx, "1 minute", biru.id().value());
            List<UUID> taken = claimed(tx, 4, 100, new UUID[0], new String[0], new Integer[0]);
            put(tx, biru);
            SilentHosts.forget(tx, waiting);
            return taken;
        });

        // Then
        assertThat(claimed).hasSize(4).contains(biru.id().value());
    }

    @Test
    void whose_share_is_under_way_gets_no_more_and_neither_does_a_device_that_is_asked_already() {
        // Given
        Registered merah = Cast.device(many, "merah");
        Registered biru = Cast.device(few, "biru");

        // When
        List<List<UUID>> claimed = database.inTransaction(tx -> {
            UUID[] waiting = SilentHosts.of(tx, merah, 10);
            due(tx, "1 hour", waiting);
            due(tx, "1 minute", biru.id().value());
            List<UUID> ofOthers =
                    claimed(tx, 10, 3, new UUID[] {biru.id().value()}, new String[] {many.value()}, new Integer[] {3});
            List<UUID> ofBoth = claimed(tx, 10, 3, new UUID[0], new String[] {many.value()}, new Integer[] {2});
            put(tx, biru);
            SilentHosts.forget(tx, waiting);
            return List.of(ofOthers, ofBoth);
        });

        // Then
        assertThat(claimed.getFirst()).isEmpty();
        assertThat(claimed.getLast()).hasSize(2).contains(biru.id().value());
    }

    @Test
    void whatever_a_platform_tells_its_device_is_asked_about_once_in_some_seconds() {
        // Given
        Registered merah = Cast.onlineDevice(many, "merah");
        database.run(
                "UPDATE devices SET checked_at = clock_timestamp() + interval '1 hour',"
                        + " next_check_at = clock_timestamp() + interval '2 hours' WHERE id = $1",
                merah.id().value());

        // When
        checks.told(merah.id(), new Health.NotConnected("gone"));

        // Then
        Row asked = database.run(
                        "SELECT next_check_at = checked_at + interval '5 seconds' AS soon, condition FROM devices"
                                + " WHERE id = $1",
                        merah.id().value())
                .iterator()
                .next();
        assertThat(asked.getBoolean("soon")).isTrue();
        assertThat(asked.getString("condition")).isEqualTo("disconnected");
    }

    private static void due(Tx tx, String since, UUID... devices) {
        tx.run(
                "UPDATE devices SET platform = '" + PLATFORM + "', next_check_at = clock_timestamp() - interval '"
                        + since + "' WHERE id = ANY ($1)",
                (Object) devices);
    }

    private static void put(Tx tx, Registered device) {
        tx.run(
                "UPDATE devices SET platform = 'wablas' WHERE id = $1",
                device.id().value());
    }

    private static List<UUID> claimed(Tx tx, int atMost, int ofUser, UUID[] asked, String[] users, Integer[] underWay) {
        List<UUID> devices = new ArrayList<>();
        tx.run(CLAIM, 30_000L, atMost, new String[] {PLATFORM}, ofUser, users, underWay, asked)
                .forEach(row -> devices.add(row.getUUID("id")));
        return devices;
    }
}
