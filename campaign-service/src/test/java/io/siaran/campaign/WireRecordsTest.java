package io.siaran.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.Golden;
import io.siaran.model.Json;
import io.siaran.model.Plan;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The records that {@code R__wire-records.sql} writes say what the golden ones say, and what the service tells itself. Times have six digits
 * behind the second there, and as few as it takes here.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WireRecordsTest {

    @Inject
    Database database;

    @Inject
    Cast cast;

    private final String user = Cast.newUser();

    @Test
    void a_plan_that_sql_writes_says_what_the_golden_one_says() {
        // When
        String written = written(
                "plan_record(jsonb_populate_record(NULL::campaigns, g || '{\"status\":\"triggered\",\"gate_closed\":false,"
                        + "\"duplicate_phones\":\"once\"}' || jsonb_build_object('gate_turns_at', g->'open_until')))",
                Golden.text("plan"));

        // Then
        assertThat(Json.write(Json.read(written, Plan.class))).isEqualTo(Golden.text("plan"));
    }

    @Test
    void a_suppression_that_sql_writes_says_what_the_golden_one_says() {
        // When
        String written =
                written("suppression_record(jsonb_populate_record(NULL::suppressions, g))", Golden.text("suppression"));

        // Then
        assertThat(Json.write(Json.read(written, Suppression.class))).isEqualTo(Golden.text("suppression"));
    }

    @ParameterizedTest
    @CsvSource({
        "once,  '',       ''",
        "each,  '',       ''",
        "once,  '',       pause",
        "once,  '',       cancel",
        "once,  '',       trigger",
        "once,  18:00,    ''",
        "once,  18:00,    pause",
        "once,  23:59,    trigger",
        "once,  10:01,    trigger",
    })
    void a_campaign_is_told_as_the_service_tells_it(String duplicates, String until, String move) {
        // Given
        CampaignId campaign = Cast.campaign(
                user,
                until.isEmpty()
                        ? Map.of("title", "\"Raya\" \\ 50% 🌙", "duplicate_phones", duplicates)
                        : Map.of("title", "Raya", "duplicate_phones", duplicates, "send_until", until));
        if (!move.isEmpty()) {
            Cast.operator(user)
                    .post("/api/v1/campaigns/{id}/{move}", campaign.toString(), move)
                    .then()
                    .statusCode(200);
        }

        // Then
        await().untilAsserted(() -> {
            List<Plan> told = cast.published(Topic.PLANS, campaign.toString(), Plan.class);
            assertThat(told).isNotEmpty();
            assertThat(Json.read(planOf(campaign), Plan.class)).isEqualTo(told.getLast());
        });
    }

    private String planOf(CampaignId campaign) {
        return database.run("SELECT plan_record(c) AS written FROM campaigns c WHERE id = $1", campaign.value())
                .iterator()
                .next()
                .getString("written");
    }

    private String written(String call, String golden) {
        return database.run("SELECT " + call + " AS written FROM (SELECT $1::text::jsonb AS g) AS golden", golden)
                .iterator()
                .next()
                .getString("written");
    }
}
