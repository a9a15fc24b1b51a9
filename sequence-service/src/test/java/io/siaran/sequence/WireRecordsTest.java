package io.siaran.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Golden;
import io.siaran.model.Json;
import io.siaran.model.Plan;
import io.siaran.model.SequenceId;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The records that {@code R__wire-records.sql} writes are the golden ones, to the character, and say what the service tells itself. What is null is
 * left out: a reader takes what is missing for null.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WireRecordsTest {

    private static final Map<String, String> WRITERS = Map.of(
            "withdraw",
            "withdraw_record((g->>'id')::uuid, g->>'user_id', (g->>'device_id')::uuid)",
            "remove-trigger",
            "remove_trigger_record((g->>'id')::uuid, g->>'user_id', (g->>'lead_id')::uuid, g->>'trigger',"
                    + " (g->>'assignment')::bigint)",
            "add-trigger",
            "add_trigger_record((g->>'id')::uuid, g->>'user_id', (g->>'lead_id')::uuid, g->>'trigger',"
                    + " (g->>'used_up_to')::bigint)");

    @Inject
    Stage stage;

    @ParameterizedTest
    @ValueSource(strings = {"withdraw", "remove-trigger", "add-trigger"})
    void a_record_that_sql_writes_is_the_golden_one(String record) {
        // When
        String written = written(
                "SELECT " + WRITERS.get(record) + " AS written FROM (SELECT $1::text::jsonb AS g) AS golden",
                Golden.text(record));

        // Then
        assertThat(written).isEqualTo(Golden.text(record));
    }

    @Test
    void a_sequence_is_told_as_the_service_tells_it() {
        // Given
        Tenant toko = stage.tenant();
        SequenceId active = toko.sequence(Fitness.with(Fitness.challenge(1), "name", "\"Raya\" \\ 50% 🌙"));
        SequenceId inactive = toko.sequence(Fitness.challenge(1));
        toko.deactivate(inactive);
        SequenceId deleted = toko.sequence(Fitness.challenge(1));
        toko.deactivate(deleted);
        toko.as("operator").delete("/api/v1/sequences/" + deleted).then().statusCode(204);

        // Then
        for (SequenceId sequence : List.of(active, inactive, deleted)) {
            await().untilAsserted(() -> assertThat(stage.plans(toko))
                    .filteredOn(plan -> plan.id().equals(sequence.value()))
                    .last()
                    .isEqualTo(Json.read(
                            written(
                                    "SELECT plan_record(s) AS written FROM sequences s WHERE id = $1",
                                    sequence.value()),
                            Plan.class)));
        }
        assertThat(stage.plans(toko)).extracting(Plan::deleted).contains(true);
    }

    private String written(String sql, Object argument) {
        return stage.database().run(sql, argument).iterator().next().getString("written");
    }
}
