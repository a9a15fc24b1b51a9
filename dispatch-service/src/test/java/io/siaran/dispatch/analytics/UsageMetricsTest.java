package io.siaran.dispatch.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class UsageMetricsTest {

    @Inject
    Stage stage;

    @Inject
    UsageMetrics usage;

    @Inject
    AnalyticsConfig config;

    @Inject
    MeterRegistry metrics;

    @Test
    void usage_is_told_of_those_who_sent_most_today_and_of_nobody_else() {
        // Given
        stage.reset();
        stage.rows("""
                INSERT INTO hour_counts (user_id, planned_day, planned_hour, kind, campaign_id, pending, processing, sent, failed,
                  cancelled, unknown, delivered, read)
                SELECT 'tenant-' || n, (now() AT TIME ZONE $1)::date - day, hour, 'campaign', gen_random_uuid(), 1, 0, n, 2, 0, 0, 0, 0
                FROM generate_series(1, 30) AS n, generate_series(0, 1) AS day, generate_series(8, 9) AS hour
                """, config.usageTimeZone().getId());

        // When
        usage.look();

        // Then
        assertThat(shown("tenant-30", "sent")).isEqualTo(60);
        assertThat(shown("tenant-30", "failed")).isEqualTo(4);
        assertThat(metrics.find("siaran.usage").gauges()).hasSize(4 * config.usageOfTop());

        // When
        stage.rows("UPDATE hour_counts SET sent = 1000 WHERE user_id = 'tenant-1'");
        usage.look();

        // Then
        assertThat(shown("tenant-1", "sent")).isEqualTo(2000);
        assertThat(metrics.find("siaran.usage").gauges()).hasSize(4 * config.usageOfTop());
    }

    private double shown(String user, String outcome) {
        return metrics.get("siaran.usage")
                .tag("user", user)
                .tag("outcome", outcome)
                .gauge()
                .value();
    }
}
