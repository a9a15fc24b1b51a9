package io.siaran.dispatch.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceStatus;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ExpiryWatchTest {

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    ExpiryWatch watch;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        stage.store(
                Cast.campaign(Cast.MERAH, Cast.ANI, 1),
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1),
                Cast.campaign(Cast.BIRU, Cast.CITRA, 1));
        stage.is(Cast.MERAH, Cast.AMINAH, DeviceStatus.OFFLINE);
    }

    @Test
    void what_has_time_yet_warns_nobody() {
        watch.look();

        assertThat(expiring()).isZero();
        assertThat(warned()).isZero();
    }

    @Test
    void an_offline_device_is_warned_of_before_its_messages_expire_and_an_online_one_is_not() {
        // Given
        expireIn("23 hours");

        // When
        watch.look();

        // Then
        assertThat(expiring()).isEqualTo(2);
        assertThat(warned()).isOne();
    }

    @Test
    void a_device_that_is_held_beyond_the_end_of_its_messages_is_warned_of() {
        // Given
        expireIn("10 hours");
        database.run(
                "UPDATE device_queue SET status = 'online', hold_reason = 'daily_cap',"
                        + " held_until = now() + CASE device_id WHEN $1 THEN interval '11 hours' ELSE '9 hours' END",
                Cast.BIRU.value());

        // When
        watch.look();

        // Then
        assertThat(expiring()).isOne();
    }

    @Test
    void many_messages_of_devices_that_speak_hide_none_of_one_that_cannot() {
        // Given
        expireIn("10 hours");
        database.run(
                "UPDATE broadcast_messages SET expires_at = now() + interval '9 hours' WHERE device_id = $1",
                Cast.BIRU.value());

        // When
        RowSet<Row> expiring = database.run(Sql.load(ExpiryWatch.class, "expiring.sql"), 86_400, 1);

        // Then
        assertThat(expiring).extracting(row -> row.getUUID("device_id")).containsExactly(Cast.MERAH.value());
    }

    @Test
    void of_one_device_is_warned_once_a_day_however_many_replicas_look() {
        // Given
        expireIn("1 hour");
        watch.look();
        assertThat(toWarnOf()).isZero();

        // When
        database.run("UPDATE expiry_warnings SET warned_on = warned_on - 1");

        // Then
        assertThat(toWarnOf()).isOne();
        assertThat(toWarnOf()).isZero();
    }

    private int toWarnOf() {
        return database.run(Sql.load(ExpiryWatch.class, "warn-once.sql"), (Object) new UUID[] {Cast.MERAH.value()})
                .size();
    }

    private void expireIn(String time) {
        database.run("UPDATE broadcast_messages SET expires_at = now() + interval '" + time + "'");
    }

    private double expiring() {
        return metrics.get("siaran.queue.expiring").gauge().value();
    }

    private int warned() {
        return stage.rows("SELECT FROM expiry_warnings").size();
    }
}
