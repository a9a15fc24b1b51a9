package io.siaran.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.TopicLog;
import io.siaran.model.CampaignProgress;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an operator calls after a restore: campaigns hear the counts that stand here, and events have numbers that nobody has seen. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TellAgainTest {

    /** More than a part of the procedure has. */
    private static final int RUNS = 5_001;

    @Inject
    Stage stage;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void counts_of_campaigns_are_told_above_every_version_that_was_told() {
        // Given
        UUID campaign = UUID.randomUUID();
        stage.rows(
                "INSERT INTO campaign_counts (campaign_id, run, device_id, user_id, version, pending, processing, sent, failed,"
                        + " cancelled, unknown, delivered, read)"
                        + " SELECT $1, run, $1, 'kedai-aminah', 4, 1, 0, 2, 0, 0, 0, 0, 0 FROM generate_series(1, $2::int) run",
                campaign,
                RUNS);

        // When
        stage.rows("CALL tell_again()");

        // Then
        await().untilAsserted(() -> assertThat(told(campaign, 1)).containsExactly(1_000_004L));
        await().untilAsserted(() -> assertThat(told(campaign, RUNS)).containsExactly(1_000_004L));
    }

    @Test
    void events_go_on_behind_every_number_that_was_given() {
        // Given
        stage.rows("INSERT INTO event_listeners (user_id, last_position) VALUES ('kedai-aminah', 12)");

        // When
        stage.rows("CALL tell_again()");

        // Then
        assertThat(stage.rows("SELECT last_position FROM event_listeners")
                        .getFirst()
                        .getLong("last_position"))
                .isEqualTo(1_000_000_012);
    }

    private static List<Long> told(UUID campaign, int run) {
        return TopicLog.of(Topic.CAMPAIGN_PROGRESS.topicName()).records(campaign + ":" + run + ":" + campaign).stream()
                .map(record -> Json.read(record.value(), CampaignProgress.class).version())
                .toList();
    }
}
