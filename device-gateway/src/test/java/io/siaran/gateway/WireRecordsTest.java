package io.siaran.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

/** The records that {@code R__wire_records.sql} writes are the golden ones of common-model, from the values of their files. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WireRecordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

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
    void a_record_that_sql_writes_is_the_golden_one(String record, String golden) throws JsonProcessingException {
        // Given
        String sql = "SELECT " + WRITERS.get(record) + " AS written FROM (SELECT $1::text::jsonb AS g) AS golden";

        // When
        String written =
                database.run(sql, Golden.text(golden)).iterator().next().getString("written");

        // Then
        assertThat(written).doesNotContain("null");
        Golden.assertSame(golden, withNulls(golden, written));
    }

    /** A reader takes what is missing for null, and so what is null is left out. */
    private static String withNulls(String golden, String written) throws JsonProcessingException {
        ObjectNode complete = (ObjectNode) JSON.readTree(written);
        JSON.readTree(Golden.text(golden)).properties().stream()
                .filter(field -> field.getValue().isNull() && !complete.has(field.getKey()))
                .forEach(field -> complete.putNull(field.getKey()));
        return complete.toString();
    }
}
