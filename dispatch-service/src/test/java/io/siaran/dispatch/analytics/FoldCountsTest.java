package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FoldCountsTest {

    @Inject
    Stage stage;

    @Inject
    FoldCounts counts;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_campaign_counts_its_messages_and_no_others() {
        // Given
        stage.store(
                Cast.campaign(Cast.MERAH, Cast.ANI, 1),
                Cast.campaign(Cast.MERAH, Cast.BUDI, 1),
                Cast.direct(Cast.MERAH, Cast.CITRA, Cast.aMinuteAgo()));
        counts.fold();
        stage.release();

        // When
        counts.fold();

        // Then
        Row row = stage.rows("SELECT * FROM campaign_counts").getFirst();
        assertThat(row.getLong("stored")).isEqualTo(2);
        assertThat(row.getLong("processing")).isEqualTo(2);
        assertThat(row.getLong("pending")).isZero();
        assertThat(row.getLong("version")).isEqualTo(2);
        assertThat(stage.rows("SELECT FROM status_deltas")).isEmpty();
        stage.assertCountsAddUp();
    }

    @Test
    void a_fold_with_nothing_to_fold_tells_nobody() {
        // Given
        stage.store(Cast.campaign(Cast.MERAH, Cast.ANI, 1));
        counts.fold();

        // When
        counts.fold();

        // Then
        assertThat(stage.rows("SELECT version FROM campaign_counts").getFirst().getLong("version"))
                .isOne();
    }
}
