package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When runs that were triggered come into the line; how they stand in it is judged by PostgreSQL ({@link TurnsTest}). */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TriggeredRunsTest {

    @Inject
    PlannedCampaigns campaigns;

    @Inject
    Streaming streaming;

    @Inject
    ExpectedEnds ends;

    @Inject
    MeterRegistry metrics;

    @Inject
    FanOutConfig config;

    private final Line line = new Line();
    private FanOut fanOut;

    @BeforeEach
    void begin() {
        fanOut = new FanOut(line, campaigns, streaming, ends, metrics, config);
    }

    @Test
    void what_was_triggered_comes_into_the_line_before_the_next_is_taken() {
        // Given
        line.goesOn.countDown();

        // When
        fanOut.triggered();

        // Then
        await().untilAsserted(() -> assertThat(line.asked).containsExactly("open", "take"));
    }

    @Test
    void who_only_goes_on_looks_for_none_that_were_triggered() {
        // Given
        line.goesOn.countDown();

        // When
        fanOut.nudge();

        // Then
        await().untilAsserted(() -> assertThat(line.asked).containsExactly("take"));
    }

    @Test
    void what_was_triggered_while_all_are_at_work_comes_into_the_line_once_one_of_them_has_ended() {
        // Given
        for (int i = 0; i < config.atOnce(); i++) {
            fanOut.nudge();
        }
        await().until(() -> line.asked.size() == config.atOnce());

        // When
        fanOut.triggered();
        line.goesOn.countDown();

        // Then
        await().untilAsserted(() -> assertThat(line.asked).contains("open"));
    }

    /** What is asked of one in which others wait. */
    private static final class Line extends FanOutStore {

        private final List<String> asked = new CopyOnWriteArrayList<>();
        private final CountDownLatch goesOn = new CountDownLatch(1);

        Line() {
            super(null, null);
        }

        @Override
        int open() {
            asked.add("open");
            return 1;
        }

        @Override
        Optional<Leased> lease() {
            asked.add("take");
            try {
                goesOn.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return Optional.empty();
        }
    }
}
