package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.failed;
import static io.siaran.sequence.Statuses.sent;
import static io.siaran.sequence.Statuses.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadCommand;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AdvanceTest {

    private static final Instant TWO_DAYS_AGO =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void a_walk_fires_each_step_after_the_one_before_was_sent_and_takes_the_trigger_off_at_the_end() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 7).told();

        // When
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(sent(first, 3, TWO_DAYS_AGO));
        stage.pass();
        BroadcastMessage second = onlyFired(2);
        stage.tell(sent(second, 3, Instant.now()));

        // Then
        assertThat(first.message()).isEqualTo("Day 1 for {{name}}");
        assertThat(second.message()).isEqualTo("Day 2 for {{name}}");
        assertThat(second.scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(24)));
        assertThat(second.id().planned()).isEqualTo(second.scheduledAt());
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent sent");
        await().untilAsserted(() -> assertThat(stage.commands(toko))
                .singleElement()
                .isInstanceOfSatisfying(LeadCommand.RemoveTrigger.class, remove -> {
                    assertThat(remove.leadId()).isEqualTo(ani.id());
                    assertThat(remove.trigger()).isEqualTo("fitness_start");
                    assertThat(remove.assignment()).isEqualTo(7);
                }));
        await().untilAsserted(() -> assertThat(stage.events(toko))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Entered", "Completed"));
    }

    @Test
    void the_second_step_is_not_fired_before_the_first_was_sent() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(2), 1, "trigger_delay_hours", 0));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);

        // When
        stage.tell(status(first, 1, MessageState.PENDING, null, Instant.now()));
        stage.tell(status(first, 2, MessageState.PROCESSING, null, Instant.now()));
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).containsExactly(first);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void statuses_told_twice_or_out_of_order_change_nothing() {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage first = onlyFired(1);
        stage.tell(sent(first, 3, TWO_DAYS_AGO));

        // When
        stage.tell(status(first, 2, MessageState.PROCESSING, null, Instant.now()));
        stage.tell(failed(first, 2, FailureReason.CONTACT_REJECTED, Instant.now()));
        stage.tell(sent(first, 3, Instant.now()));
        stage.tell(sent(first, 4, Instant.now()));
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active pending");
        assertThat(onlyFired(2).scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(24)));
    }

    @Test
    void a_step_that_failed_is_followed_by_the_next_unless_the_sequence_says_stop() {
        // Given
        SequenceId going = toko.sequence(challenge(2));
        SequenceId stopping = toko.sequence(with(challenge(2), "on_failure", "stop"));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        List<BroadcastMessage> first = stage.fired(toko);

        // When
        first.forEach(message -> stage.tell(failed(message, 2, FailureReason.PROVIDER_FAILED, Instant.now())));

        // Then
        assertThat(first).hasSize(2);
        assertThat(stage.contacts(going, ani)).isEqualTo("failed active");
        assertThat(stage.contacts(stopping, ani)).isEqualTo("failed cancelled");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("step_failed"));
    }

    @Test
    void a_number_that_does_not_exist_stops_the_walk() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(failed(onlyFired(1), 2, FailureReason.CONTACT_REJECTED, Instant.now()));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("failed cancelled");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("contact_rejected"));
    }

    @Test
    void a_cancelled_message_takes_the_contact_out() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(status(onlyFired(1), 2, MessageState.CANCELLED, null, Instant.now()));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("message_cancelled"));
    }

    @Test
    void a_time_of_day_is_that_of_the_devices_zone() {
        // Given
        toko.sequence(withStep(challenge(2), 1, "send_at", "09:00"));
        toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        stage.tell(sent(onlyFired(1), 2, Instant.parse("2026-03-02T01:00:07Z")));
        stage.pass();

        // Then
        assertThat(onlyFired(2).scheduledAt()).isEqualTo(Instant.parse("2026-03-03T01:00:00Z"));
    }

    private BroadcastMessage onlyFired(int count) {
        List<BroadcastMessage> fired = stage.fired(toko);
        assertThat(fired).hasSize(count);
        return fired.getLast();
    }
}
