package io.siaran.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Golden;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The records that {@code R__wire-records.sql} writes, from the values of the golden files of common-model, are those files to the
 * character. What is null is left out: a reader takes what is missing for null.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WireRecordsTest {

    private static final Map<String, String> WRITERS = Map.of(
            "send", """
            send_record((g->>'message_id')::uuid, (g->>'try_no')::int, g->>'user_id', (g->>'device_id')::uuid,
              (g->>'not_after')::timestamptz, (g->>'supersedes')::int, g->>'kind', g->>'recipient_phone', g->>'recipient_name',
              g->'attributes', g->>'niche', g->>'type', g->>'message', g->>'media_url', (g->>'min_delay')::int,
              (g->>'max_delay')::int, g->>'anti_spam', g->>'time_zone',
              (g->>'check_number')::boolean)""",
            "recall", """
            recall_record((g->>'message_id')::uuid, (g->>'try_no')::int, g->>'user_id', (g->>'device_id')::uuid)""",
            "message-status", """
            message_status_record(jsonb_populate_record(NULL::broadcast_messages,
              g || jsonb_build_object('id', g->'message_id')), g->>'occurred_at')""",
            "campaign-progress", "campaign_progress_record(jsonb_populate_record(NULL::campaign_counts, g))");

    @Inject
    Stage stage;

    @ParameterizedTest
    @CsvSource({
        "send, send",
        "send, send-full",
        "send, send-minimal",
        "recall, recall",
        "message-status, message-status-full",
        "message-status, message-status-minimal",
        "campaign-progress, campaign-progress",
        "campaign-progress, campaign-progress-minimal"
    })
    void a_record_that_sql_writes_is_the_golden_one(String record, String golden) {
        // Given
        String sql = "SELECT " + WRITERS.get(record) + " AS written FROM (SELECT $1::text::jsonb AS g) AS golden";

        // When
        String written = stage.rows(sql, Golden.text(golden)).getFirst().getString("written");

        // Then
        assertThat(written).isEqualTo(Golden.text(golden));
    }
}
