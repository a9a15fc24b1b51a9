package io.siaran.dispatch.event;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Forgets what is older than events are kept, in batches; and who no longer listens. */
@ApplicationScoped
class EventJobs {

    private static final int BATCH = 10_000;

    /** By the index of their age. */
    private static final List<String> FORGET = List.of(
            forget("events", "(user_id, position)", "user_id, position", "recorded_at"),
            forget("webhook_deliveries", "(webhook_id, position)", "webhook_id, position", "created_at"),
            forget("replies", "(id)", "id", "taken_at"),
            forget("answers", "(message_id, what)", "message_id, what", "at"),
            forget("imports", "(id)", "id", "at"));

    /** As long as messages; within the retention of Kafka it tells what comes again from what is new. */
    private static final String FORGET_WALKS = forget(
            "walks",
            "(lead_id, sequence_id, assignment, what, at)",
            "lead_id, sequence_id, assignment, what, at",
            "at");

    private static final Duration WALKS_KEPT = Duration.ofDays(400);

    private static final String SILENCE = """
            UPDATE event_listeners AS l SET listening = false
            WHERE l.listening AND (l.asked_at IS NULL OR l.asked_at < clock_timestamp() - $1::bigint * interval '1 second')
              AND NOT EXISTS (SELECT FROM webhooks AS w WHERE w.user_id = l.user_id AND NOT w.deleted)
            """;

    private final Database database;
    private final EventConfig config;

    EventJobs(Database database, EventConfig config) {
        this.database = database;
        this.config = config;
    }

    @Scheduled(every = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        long seconds = config.kept().toSeconds();
        FORGET.forEach(sql -> forget(sql, seconds));
        forget(FORGET_WALKS, WALKS_KEPT.toSeconds());
        database.run(SILENCE, seconds);
    }

    private void forget(String sql, long seconds) {
        while (database.run(sql, seconds, BATCH).rowCount() == BATCH) {
            // The next batch.
        }
    }

    private static String forget(String table, String key, String columns, String age) {
        return "DELETE FROM %1$s WHERE %2$s IN (SELECT %3$s FROM %1$s WHERE %4$s < clock_timestamp() - $1::bigint * interval '1 second'"
                        .formatted(table, key, columns, age)
                + " ORDER BY %s LIMIT $2)".formatted(age);
    }
}
