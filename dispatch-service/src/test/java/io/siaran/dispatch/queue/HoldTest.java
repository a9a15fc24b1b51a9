package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.message.WaitingFor;
import io.siaran.dispatch.queue.DeviceQueue.Due;
import io.siaran.dispatch.queue.DeviceQueue.Hold;
import io.siaran.localstack.TestServers;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that may not speak costs nothing until it may. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HoldTest {

    private final Instant morning = Instant.now().plus(8, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    DeviceQueue devices;

    @BeforeEach
    void merahRestsUntilMorning() {
        stage.reset();
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        database.doInTransaction(tx -> {
            devices.due(tx, List.of(new Due(Cast.MERAH, Instant.now())));
            devices.hold(tx, List.of(new Hold(Cast.MERAH, morning, WaitingFor.QUIET_HOURS)));
        });
    }

    @Test
    void it_is_not_even_leased() {
        assertThat(stage.release().devices()).isZero();
        assertThat(nextDue()).isEqualTo(morning);
    }

    @Test
    void new_messages_and_outcomes_do_not_wake_it() {
        // When
        stage.store(Cast.direct(Cast.MERAH, Cast.BUDI, Cast.aMinuteAgo()));
        database.doInTransaction(tx -> devices.due(tx, List.of(new Due(Cast.MERAH, Instant.now()))));

        // Then
        assertThat(stage.release().devices()).isZero();
        assertThat(nextDue()).isEqualTo(morning);
    }

    @Test
    void in_the_morning_it_speaks() {
        // Given
        database.run("UPDATE device_queue SET held_until = now(), next_due = now() WHERE held_until IS NOT NULL");

        // Then
        assertThat(stage.release().messages()).isOne();
    }

    @Test
    void a_full_day_holds_what_plans_send_and_lets_direct_messages_pass() {
        // Given
        stage.reset();
        stage.store(Cast.campaign(Cast.MERAH, new LeadId(UUID.randomUUID()), 1));
        database.doInTransaction(tx -> {
            devices.due(tx, List.of(new Due(Cast.MERAH, Instant.now())));
            devices.hold(tx, List.of(new Hold(Cast.MERAH, morning, WaitingFor.DAILY_CAP)));
        });

        // When
        int held = stage.release().messages();
        Instant next = nextDue();
        stage.store(Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo()));
        int passed = stage.release().messages();
        database.run(
                "UPDATE device_queue SET cold_held_until = now(), next_due = now() WHERE cold_held_until IS NOT NULL");
        int inTheMorning = stage.release().messages();

        // Then
        assertThat(held).isZero();
        assertThat(next).isEqualTo(morning);
        assertThat(passed).isOne();
        assertThat(inTheMorning).isOne();
    }

    private Instant nextDue() {
        return stage.rows("SELECT next_due FROM device_queue WHERE device_id = $1", Cast.MERAH.value())
                .getFirst()
                .getOffsetDateTime("next_due")
                .toInstant();
    }
}
