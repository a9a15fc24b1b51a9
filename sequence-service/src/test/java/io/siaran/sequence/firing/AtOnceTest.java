package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Statuses;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not wait for the next interval, which never comes here. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class AtOnceTest {

    /** From the news that a step was sent, or a lead has a trigger, until the next message is published. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    FireDueSteps firing;

    @Inject
    Wakes wakes;

    private TriggerProcessor processor;
    private Tenant toko;

    @BeforeEach
    void aProcessorThatIsWoken() {
        stage.pass();
        toko = stage.tenant();
        processor = new TriggerProcessor(reviews, firing, wakes, new Woken());
        processor.start(null);
    }

    @AfterEach
    void nobodyIsWokenAnyMore() {
        processor.stop(null);
    }

    @Test
    void a_trigger_lets_in_and_steps_without_a_wait_follow_each_other_within_two_seconds() {
        // Given
        toko.sequence(withStep(withStep(challenge(3), 1, "trigger_delay_hours", 0), 2, "trigger_delay_hours", 0));

        // When
        toko.lead("Ani").carrying("fitness_start", 1).told();

        // Then
        for (int step = 1; step <= 3; step++) {
            BroadcastMessage message = firedAtOnce(step);
            stage.tell(Statuses.sent(message, 2, Instant.now()));
        }
    }

    private BroadcastMessage firedAtOnce(int messages) {
        await().atMost(AT_ONCE).untilAsserted(() -> assertThat(fired()).hasSize(messages));
        return fired().getLast();
    }

    private List<BroadcastMessage> fired() {
        return stage.fired(toko);
    }

    private record Woken() implements FiringConfig {

        @Override
        public int batchSize() {
            return 100;
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }

        @Override
        public Duration repeatAfter() {
            return Duration.ofHours(1);
        }

        @Override
        public boolean atOnce() {
            return true;
        }
    }
}
