package io.siaran.dispatch.analytics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What became of today's messages of the users who send most, as a metric. Of those few only: a label for each user would be without
 * bound. Every user's usage of any day is told by {@link UsageResource}.
 */
@ApplicationScoped
class UsageMetrics {

    private static final List<String> OUTCOMES = List.of("sent", "failed", "cancelled", "unknown");

    /** By the index of days. Nothing where nobody had any. */
    private static final String TOP = """
            SELECT user_id, sum(sent)::bigint AS sent, sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled,
              sum(unknown)::bigint AS unknown
            FROM hour_counts WHERE planned_day = (statement_timestamp() AT TIME ZONE $1)::date
            GROUP BY user_id ORDER BY sum(sent) DESC, user_id LIMIT $2
            """;

    private final Database database;
    private final AnalyticsConfig config;
    private final MultiGauge usage;

    UsageMetrics(Database database, AnalyticsConfig config, MeterRegistry metrics) {
        this.database = database;
        this.config = config;
        this.usage = MultiGauge.builder("siaran.usage")
                .baseUnit("messages")
                .description("What became of the messages that were planned for today, of the users who sent most")
                .register(metrics);
    }

    @Scheduled(every = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        Iterable<io.vertx.mutiny.sqlclient.Row> top =
                database.run(TOP, config.usageTimeZone().getId(), config.usageOfTop());
        List<Row<?>> rows = StreamSupport.stream(top.spliterator(), false)
                .flatMap(UsageMetrics::ofUser)
                .toList();
        // Who is no longer among them is shown no longer.
        usage.register(rows, true);
    }

    private static Stream<Row<?>> ofUser(io.vertx.mutiny.sqlclient.Row row) {
        return OUTCOMES.stream()
                .map(outcome ->
                        Row.of(Tags.of("user", row.getString("user_id"), "outcome", outcome), row.getLong(outcome)));
    }
}
