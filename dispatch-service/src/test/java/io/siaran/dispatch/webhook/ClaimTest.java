package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.webhook.InFlight.Room;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which lanes a claim takes, and what it costs to find them. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ClaimTest {

    private static final String CRM = "https://crm.example";

    @Inject
    Stage stage;

    @Inject
    WebhookStage webhooks;

    @Inject
    Lanes lanes;

    @Inject
    WebhookConfig config;

    @Inject
    Database database;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void of_those_that_failed_last_only_some_are_tried_at_once_however_many_wait() {
        // Given
        for (int i = 0; i < 5; i++) {
            webhooks.webhook("aminah", CRM + "/" + i);
            waiting("/" + i, 3);
        }
        stage.rows("UPDATE webhooks SET failures = 1, failing_since = now() WHERE url NOT LIKE '%/4'");

        // When
        List<Claim> claims = claim(2, Map.of());

        // Then
        assertThat(claims).filteredOn(Claim::ailing).hasSize(2);
        assertThat(claims).filteredOn(claim -> claim.url().endsWith("/4")).hasSize(3);
    }

    @Test
    void a_claim_leaves_no_user_more_than_it_may_have_under_way_and_serves_the_others() {
        // Given
        for (int i = 0; i < 3; i++) {
            webhooks.webhook("aminah", CRM + "/" + i);
            waiting("/" + i, 4);
        }
        webhooks.webhook("razak", CRM + "/razak");
        waiting("/razak", 4);

        // When
        List<Claim> claims = claim(100, Map.of("aminah", config.atOncePerUser() - 5));

        // Then
        List<Claim> served =
                claims.stream().filter(claim -> claim.user().equals("aminah")).toList();
        assertThat(served).hasSize(5);
        assertThat(Set.copyOf(served.stream().map(Claim::webhook).toList())).hasSize(3);
        assertThat(claims).hasSize(5 + config.atOncePerWebhook());
        assertThat(claim(100, Map.of("aminah", config.atOncePerUser()))).isEmpty();
    }

    @Test
    void a_claim_reads_and_locks_no_more_however_much_is_blocked_or_waits_for_others() {
        // Given
        webhooks.webhook("aminah", CRM + "/rests");
        webhooks.webhook("razak", CRM + "/busy");
        webhooks.webhook("razak", CRM + "/hook");
        stage.rows("UPDATE webhooks SET failures = 9, failing_since = now(), resting_until = now() + interval '1 hour'"
                + " WHERE url LIKE '%/rests'");
        waiting("/hook", 1);
        waiting("/busy", 100);
        waiting("/rests", 100);
        long few = rowsReadByAClaim();

        // When
        waiting("/busy", 20_000);
        waiting("/rests", 20_000);

        // Then
        assertThat(rowsReadByAClaim()).isLessThan(few + 50);
    }

    @Test
    void a_claim_is_never_taken_for_an_earlier_one_of_a_lane_that_was_cleared_meanwhile() {
        // Given
        webhooks.webhook("aminah", CRM + "/hook");
        String lane = "INSERT INTO webhook_lanes (webhook_id, subject) SELECT id, 'ani' FROM webhooks";
        stage.rows(lane);
        Claim before = claim(100, Map.of()).getFirst();

        // When
        stage.rows("DELETE FROM webhook_lanes");
        stage.rows(lane);
        Claim after = claim(100, Map.of()).getFirst();

        // Then
        assertThat(after.claims()).isNotEqualTo(before.claims());
    }

    private List<Claim> claim(int ailing, Map<String, Integer> users) {
        return lanes.claim(new Room(100, config.atOncePerWebhook(), ailing, Map.of(), users));
    }

    /** So many subjects about which something waits for a webhook, longer than anything else. */
    private void waiting(String path, int subjects) {
        stage.rows(
                "INSERT INTO webhook_lanes (webhook_id, subject, due_at) SELECT w.id, gen_random_uuid(), now() - interval '1 hour'"
                        + " FROM webhooks AS w, generate_series(1, $2::int) WHERE w.url LIKE '%' || $1",
                path, subjects);
    }

    private long rowsReadByAClaim() {
        return database.inTransaction(tx -> {
            tx.run("SELECT set_config('enable_seqscan', 'off', true)");
            String claim = Sql.load(Lanes.class, "claim.sql")
                    .replace("$1", "500")
                    .replace("$2", "4")
                    .replace("$3", "'{}'")
                    .replace("$4", "'{}'")
                    .replace("$5", "'{}'")
                    .replace("$6", "500")
                    .replace("$7", "0")
                    .replace("$8", "'{}'")
                    .replace("$9", "64");
            return RowsRead.by(
                    explain -> tx.run(explain).iterator().next().getValue(0).toString(),
                    claim.substring(claim.indexOf("WITH ")));
        });
    }
}
