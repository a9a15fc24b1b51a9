package io.siaran.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Golden;
import io.siaran.sql.Database;
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

    /** A row of the journal with the values of a golden event. */
    private static final String ENTRY = """
            jsonb_populate_record(NULL::send_journal, g || jsonb_build_object(
              'state', g->'record', 'ended_at', g->'at', 'again_at', coalesce(g->>'until', g->>'not_before')))""";

    private static final Map<String, String> WRITERS = Map.of(
            "event",
            "delivery_event(" + ENTRY + ")",
            "receipt",
            "delivery_receipt((g->>'message_id')::uuid, (g->>'try_no')::int, g->>'user_id',"
                    + " (g->>'device_id')::uuid, g->>'record', (g->>'at')::timestamptz, g->>'detail')",
            "reply",
            "inbound_message(jsonb_populate_record(NULL::inbound_messages, g))",
            "device",
            "device_snapshot(jsonb_populate_record(NULL::devices, g || jsonb_build_object('held_until',"
                    + " g->'restricted_until', 'condition',"
                    + " CASE WHEN g->>'restricted_until' IS NULL THEN 'refused' ELSE 'restricted' END)))");

    @Inject
    Database database;

    @ParameterizedTest
    @CsvSource({
        "event, accepted",
        "event, accepted-minimal",
        "event, returned",
        "event, returned-full",
        "event, returned-minimal",
        "event, deferred",
        "event, rejected",
        "event, rejected-minimal",
        "event, failed",
        "event, failed-minimal",
        "event, unknown",
        "event, unknown-minimal",
        "receipt, delivered",
        "receipt, read",
        "receipt, refused",
        "receipt, refused-minimal",
        "reply, inbound-message-full",
        "reply, inbound-message-minimal",
        "device, device-2",
        "device, device-minimal"
    })
    void a_record_that_sql_writes_is_the_golden_one(String record, String golden) {
        // Given
        String sql = "SELECT " + WRITERS.get(record) + " AS written FROM (SELECT $1::text::jsonb AS g) AS golden";

        // When
        String written =
                database.run(sql, Golden.text(golden)).iterator().next().getString("written");

        // Then
        assertThat(written).isEqualTo(Golden.text(golden));
    }
}
