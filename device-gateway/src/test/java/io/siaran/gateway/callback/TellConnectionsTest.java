package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whose news of connections are worked off first, and that many of one device are one change of it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TellConnectionsTest extends CallbackScene {

    private static final String CLAIM = Sql.load(TellConnections.class, "claim-connections.sql");

    @Test
    void a_user_whose_devices_tell_a_lot_takes_the_turn_of_no_other() {
        // Given
        Registered merah = Cast.device(Cast.MAJU, "merah");
        Registered biru = Cast.device(Cast.SINAR, "biru");

        // When
        List<UUID> told = database.inTransaction(tx -> {
            news(tx, merah, 80, "disconnected", "2 hours");
            news(tx, biru, 1, "disconnected", "1 hour");
            List<UUID> claimed = new ArrayList<>();
            tx.run(CLAIM, 10).forEach(row -> claimed.add(row.getUUID("device_id")));
            tx.run("DELETE FROM callback_inbox WHERE device_id = ANY ($1)", (Object)
                    new UUID[] {merah.id().value(), biru.id().value()});
            return claimed;
        });

        // Then
        assertThat(told).hasSize(10).contains(biru.id().value());
    }

    @Test
    void the_news_of_a_device_that_come_together_are_one_change_and_none_is_passed_over() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        keepUnasked(merah);
        long before = version(merah);

        // When
        database.inTransaction(tx -> {
            news(tx, merah, 1, "banned", "1 minute");
            news(tx, merah, 50, "disconnected", "30 seconds");
            return null;
        });
        awaitWorkedOff(merah);

        // Then
        assertThat(version(merah)).isEqualTo(before + 1);
        assertThat(Cast.status(merah)).isEqualTo("banned");
    }

    @Test
    void news_that_cannot_be_read_hold_up_no_others() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        keepUnasked(biru);

        // When
        database.inTransaction(tx -> {
            news(tx, merah, 1, "of-a-newer-version", "1 minute");
            news(tx, biru, 1, "banned", "1 minute");
            return null;
        });
        awaitWorkedOff(biru);

        // Then
        assertThat(Cast.status(biru)).isEqualTo("banned");
        assertThat(waiting(merah)).isOne();
        database.run(
                "UPDATE callback_inbox SET due_at = clock_timestamp(), failures = 9 WHERE device_id = $1",
                merah.id().value());
        awaitWorkedOff(merah);
    }

    /** What it is told stands: its platform, which would say otherwise, is not asked meanwhile. */
    private void keepUnasked(Registered device) {
        database.run(
                "UPDATE devices SET checked_at = clock_timestamp() + interval '1 hour',"
                        + " next_check_at = clock_timestamp() + interval '1 hour' WHERE id = $1",
                device.id().value());
    }

    private long version(Registered device) {
        Row row = database.run(
                        "SELECT version FROM devices WHERE id = $1", device.id().value())
                .iterator()
                .next();
        return row.getLong("version");
    }

    private static void news(Tx tx, Registered device, int count, String what, String since) {
        tx.run(
                "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at, type, detail)"
                        + " SELECT 'wablas', $1, $3::text || n, 'connection', 'connection', now(), now(),"
                        + " now() - $4::text::interval, $3::text, 'x' FROM generate_series(1, $2::int) AS n",
                device.id().value(),
                count,
                what,
                since);
    }
}
