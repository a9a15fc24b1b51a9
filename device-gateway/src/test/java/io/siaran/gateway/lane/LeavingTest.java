package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.journal.Journal;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Send;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lanes whose partitions are taken away, or whose process ends, with a send at every place. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LeavingTest extends TurnScene {

    private static final Duration CALL = Duration.ofMillis(2_500);
    private static final ShutdownEvent END = new ShutdownEvent();

    @Inject
    Journal rescuer;

    private final Told called = new Told();
    private final Told behind = new Told();
    private Registered merah;
    private Send first;
    private Send second;

    @BeforeEach
    void aDeviceWithAllItNeeds() {
        merah = Cast.onlineDevice(Cast.SINAR, "merah");
        first = Cast.send(merah, Cast.message(), Cast.ANI);
        second = Cast.send(merah, Cast.message(), Cast.BUDI, 1, null, 1);
        Simulator.fault(merah.token(), "SLOW_BODY", Map.of("delay_ms", CALL.toMillis()));
    }

    @Test
    void a_lane_that_is_taken_away_ends_its_call_and_begins_nothing_until_it_comes_back() {
        // Given
        Lanes lanes = lanes(journal());
        speakInto(lanes);

        // When
        lanes.leave(partition -> partition == 0);

        // Then
        assertThat(behind.end()).isEqualTo("dropped");
        called.awaitSettled();
        assertThat(state(first)).isEqualTo("accepted");
        await().during(Duration.ofMillis(1_200)).atMost(PATIENCE).until(() -> delivered() == 1);

        // And when
        Told again = new Told();
        lanes.add(0, first, new Told());
        lanes.add(0, second, again);

        // Then
        again.awaitSettled();
        assertThat(delivered()).isEqualTo(2);
        assertThat(events(merah, 3)).allMatch(DeliveryEvent.Accepted.class::isInstance);
    }

    @Test
    void a_lane_that_comes_back_during_its_call_says_nothing_into_it() {
        // Given
        Lanes lanes = lanes(journal());
        speakInto(lanes);

        // When
        lanes.leave(_ -> true);
        Told again = new Told();
        Told next = new Told();
        lanes.add(0, first, again);
        lanes.add(0, second, next);

        // Then
        again.awaitSettled();
        assertThat(called.end()).isEqualTo("taken");
        called.awaitSettled();
        assertThat(state(first)).isEqualTo("accepted");
        assertThat(next.end()).isEqualTo("taken");
        assertThat(delivered()).isEqualTo(1);
    }

    @Test
    void what_waits_in_the_pause_is_left_and_another_partition_goes_on() {
        // Given
        Simulator.heal(merah.token());
        Lanes lanes = lanes(journal());
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Told stays = new Told();
        lanes.add(0, first, called);
        lanes.add(1, Cast.send(biru, Cast.message(), Cast.ANI), new Told());
        called.awaitSettled();
        lanes.add(0, second, behind);
        lanes.add(1, Cast.send(biru, Cast.message(), Cast.BUDI, 1, null, 1), stays);

        // When
        lanes.leave(partition -> partition == 0);

        // Then
        await().atMost(PATIENCE).until(() -> behind.end().equals("dropped"));
        stays.awaitSettled();
        assertThat(Simulator.deliveries(biru.token())).hasSize(2);
        assertThat(delivered()).isEqualTo(1);
    }

    @Test
    void a_shutdown_waits_for_the_call_and_leaves_the_rest_to_the_next_owner() {
        // Given
        Lanes lanes = lanes(journal());
        speakInto(lanes);

        // When
        lanes.stop(END);

        // Then
        assertThat(called.isSettled()).isTrue();
        assertThat(state(first)).isEqualTo("accepted");
        assertThat(behind.end()).isEqualTo("dropped");
        Told late = new Told();
        lanes.add(0, second, late);
        assertThat(late.end()).isEqualTo("dropped");
        assertThat(delivered()).isEqualTo(1);
    }

    @Test
    void a_call_that_outlasts_the_limit_of_a_shutdown_is_found_unknown() {
        // Given
        Lanes lanes = lanes(journal(), stoppingWithin(Duration.ofMillis(200)));
        speakInto(lanes);
        Instant begun = Instant.now();

        // When
        lanes.stop(END);

        // Then
        assertThat(Duration.between(begun, Instant.now())).isLessThan(CALL.minusMillis(500));
        assertThat(called.end()).isEqualTo("taken");
        assertThat(state(first)).isEqualTo("started");
        database.run(
                "UPDATE send_journal SET call_deadline = now() WHERE message_id = $1",
                first.messageId().value());
        rescuer.rescueCutCalls(500);
        assertThat(events(merah, 1)).hasOnlyElementsOfType(DeliveryEvent.Unknown.class);
    }

    /** The first one is in its call, the second one behind it. */
    private void speakInto(Lanes lanes) {
        lanes.add(0, first, called);
        lanes.add(0, second, behind);
        await().atMost(PATIENCE).until(() -> delivered() == 1);
    }

    private int delivered() {
        return Simulator.deliveries(merah.token()).size();
    }
}
