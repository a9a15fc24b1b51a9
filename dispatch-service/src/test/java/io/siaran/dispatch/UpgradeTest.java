package io.siaran.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.TestServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is applied again to a filled database does no harm. Nothing is released, so there are no later versions to come from: a
 * versioned migration is edited in place, and only the repeatable ones meet stored rows, each time that one of them changes. With
 * the first release its highest version becomes the one that this test fills, and later ones follow.
 */
class UpgradeTest {

    private static final String REPEATABLE =
            "SELECT 'repeatable', count(*) FROM flyway_schema_history WHERE version IS NULL AND success";
    private static final String MESSAGES = """
            INSERT INTO broadcast_messages (id, kind, user_id, device_id, lead_id, campaign_id, run, recipient_phone, type,
              message, time_zone, scheduled_at, due_at, status, try_no, not_after, lease_until, recall_at, max_pause,
              failure_reason, sent_at)
            SELECT (lpad(to_hex((extract(epoch FROM planned) * 1000)::bigint), 12, '0') || substr(md5(status || n), 1, 20))::uuid,
              'campaign', 'kedai-ani', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 1, '60123456789', 'text',
              'Hi', 'Asia/Kuala_Lumpur', planned, planned, status,
              CASE status WHEN 'pending' THEN 0 ELSE 1 END,
              CASE status WHEN 'processing' THEN now() END, CASE status WHEN 'processing' THEN now() END,
              CASE status WHEN 'processing' THEN now() END, CASE status WHEN 'processing' THEN 30 END,
              CASE status WHEN 'failed' THEN 'expired' WHEN 'cancelled' THEN 'withdrawn' END,
              CASE status WHEN 'sent' THEN now() END
            FROM unnest(ARRAY['pending', 'processing', 'sent', 'failed', 'cancelled', 'unknown']) AS status,
              generate_series(1, 3) AS n,
              LATERAL (SELECT now() + n * interval '40 days' - interval '100 days' AS planned) AS p
            """;
    private static final String BY_STATUS = "SELECT status, count(*) FROM broadcast_messages GROUP BY status";
    private static final String COUNTED = """
            SELECT status, messages FROM (SELECT sum(pending) AS pending, sum(processing) AS processing, sum(sent) AS sent,
              sum(failed) AS failed, sum(cancelled) AS cancelled, sum(unknown) AS unknown FROM status_deltas) AS counted,
              LATERAL (VALUES ('pending', pending), ('processing', processing), ('sent', sent), ('failed', failed),
                ('cancelled', cancelled), ('unknown', unknown)) AS each (status, messages)
            """;

    private final String database = "upgrade_" + UUID.randomUUID().toString().replace('-', '_');
    private String server;

    @BeforeEach
    void a_database_of_its_own() throws SQLException {
        server = "jdbc:postgresql://" + new TestServers().start().get("siaran.postgres") + "/";
        run(server + "postgres", "CREATE DATABASE " + database);
    }

    @AfterEach
    void leave_nothing() throws SQLException {
        run(server + "postgres", "DROP DATABASE " + database);
    }

    @Test
    void messages_keep_their_status_and_are_counted_once_when_every_repeatable_migration_comes_again()
            throws SQLException {
        // Given
        migrate();
        run(server + database, MESSAGES);
        Map<String, Long> before = counts(BY_STATUS);
        Map<String, Long> repeatable = counts(REPEATABLE);

        // When
        run(server + database, "DELETE FROM flyway_schema_history WHERE version IS NULL");
        migrate();
        run(server + database, "SELECT add_month(month) FROM missing_months() AS month");

        // Then
        assertThat(repeatable.get("repeatable")).isGreaterThan(4);
        assertThat(counts(REPEATABLE)).isEqualTo(repeatable);
        assertThat(before).hasSize(6).containsEntry("sent", 3L);
        assertThat(counts(BY_STATUS)).isEqualTo(before);
        assertThat(counts(COUNTED)).isEqualTo(before);
        assertThat(counts("SELECT 'default', count(*) FROM broadcast_messages_default"))
                .containsEntry("default", 0L);
    }

    @Test
    void what_comes_after_that_is_counted_once_too() throws SQLException {
        // Given
        migrate();
        run(server + database, "DELETE FROM flyway_schema_history WHERE version IS NULL");
        migrate();

        // When
        run(server + database, MESSAGES);

        // Then
        assertThat(counts(COUNTED)).isEqualTo(counts(BY_STATUS));
    }

    private void migrate() {
        Flyway.configure()
                .dataSource(server + database, "postgres", "postgres")
                .locations("db/outbox", "db/rest", "db/migration")
                .load()
                .migrate();
    }

    private static void run(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Map<String, Long> counts(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server + database, "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, Long> counts = new TreeMap<>();
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
            return counts;
        }
    }
}
