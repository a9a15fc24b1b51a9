package io.siaran.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class HousekeepingTest {

    @Inject
    Housekeeping housekeeping;

    @Inject
    Database database;

    @Inject
    MeterRegistry metrics;

    private final String user = Cast.newUser();

    @AfterEach
    void allowAgain() {
        database.run("DROP FUNCTION IF EXISTS refuse_to_forget() CASCADE");
    }

    @Test
    void what_cannot_be_forgotten_keeps_nothing_that_is_known_of_a_person() {
        // Given
        database.run(
                "INSERT INTO person_requests (id, user_id, wish, phone, asked_at)"
                        + " VALUES ($1, $2, 'export', $3, clock_timestamp() - interval '8 days')",
                UUID.randomUUID(),
                user,
                Cast.ANI);
        database.run(
                "INSERT INTO opt_out_replies (id, user_id, device_id, phone, text, verdict, written_at, taken_at)"
                        + " VALUES ($1, $2, $1, $3, 'STOP', 'stop', clock_timestamp(), clock_timestamp() - interval '91 days')",
                UUID.randomUUID(),
                user,
                Cast.ANI);
        UUID command = UUID.randomUUID();
        database.run(
                "INSERT INTO lead_commands (id, lead_id, outcome, taken_at)"
                        + " VALUES ($1, $1, 'applied', clock_timestamp() - interval '15 days')",
                command);
        oldImport(1);
        refuse("BEFORE DELETE ON imports FOR EACH ROW", "true");
        double failed = failures();

        // When
        housekeeping.forget();

        // Then
        assertThat(rows("person_requests WHERE user_id = $1", user)).isZero();
        assertThat(rows("opt_out_replies WHERE user_id = $1", user)).isZero();
        assertThat(rows("lead_commands WHERE id = $1", command)).isZero();
        assertThat(rows("imports WHERE user_id = $1", user)).isOne();
        assertThat(failures()).isEqualTo(failed + 1);
    }

    @Test
    void an_import_of_many_refused_lines_is_forgotten_some_at_a_time() {
        // Given
        UUID old = oldImport(4_500);
        refuse(
                "AFTER DELETE ON import_rejections REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
                "(SELECT count(*) FROM gone) > 2000");

        // When
        housekeeping.forget();

        // Then
        assertThat(rows("import_rejections WHERE import_id = $1", old)).isZero();
        assertThat(rows("imports WHERE id = $1", old)).isZero();
    }

    @Test
    void whom_a_run_reached_is_forgotten_when_its_campaign_is_over_or_planned_anew_and_not_before() {
        // Given
        UUID over = reached(2, 4_500);
        UUID open = reached(2, 3);
        database.run("UPDATE campaigns SET status = 'cancelled' WHERE id = $1", over);
        refuse(
                "AFTER DELETE ON fanout_reached REFERENCING OLD TABLE AS gone FOR EACH STATEMENT",
                "(SELECT count(*) FROM gone) > 2000 OR (SELECT count(DISTINCT (campaign_id, run)) FROM gone) > 1");

        // When
        housekeeping.forget();

        // Then
        assertThat(rows("fanout_reached WHERE campaign_id = $1", over)).isZero();
        assertThat(rows("fanout_reached WHERE campaign_id = $1 AND run = 1", open))
                .isZero();
        assertThat(rows("fanout_reached WHERE campaign_id = $1 AND run = 2", open))
                .isEqualTo(3);
    }

    /** A campaign of so many plans, each of which reached so many pieces. */
    private UUID reached(int runs, int pieces) {
        UUID campaign = Cast.campaign(user, Map.of()).value();
        database.run("UPDATE campaigns SET run = $2, planned_run = $2 WHERE id = $1", campaign, runs);
        database.run(
                "INSERT INTO fanout_reached (campaign_id, run, last_lead, leads)"
                        + " SELECT $1, run, gen_random_uuid(), '{}'"
                        + " FROM generate_series(1, $2::integer) run, generate_series(1, $3::integer)",
                campaign,
                runs,
                pieces);
        return campaign;
    }

    @Test
    void what_can_still_be_asked_for_stays() {
        // Given
        UUID now = oldImport(3);
        database.run("UPDATE imports SET ended_at = clock_timestamp() - interval '89 days' WHERE id = $1", now);

        // When
        housekeeping.forget();

        // Then
        assertThat(rows("import_rejections WHERE import_id = $1", now)).isEqualTo(3);
    }

    /** Ended 91 days ago, with so many refused lines. */
    private UUID oldImport(int refused) {
        UUID id = UUID.randomUUID();
        database.run(
                "INSERT INTO imports (id, user_id, erase_blank, mapping, status, ended_at)"
                        + " VALUES ($1, $2, false, '{}', 'done', clock_timestamp() - interval '91 days')",
                id,
                user);
        database.run(
                "INSERT INTO import_rejections (import_id, line, header, reason)"
                        + " SELECT $1, n, '', 'no' FROM generate_series(1, $2::integer) n",
                id,
                refused);
        return id;
    }

    /** Where that holds. */
    private void refuse(String when, String condition) {
        database.run("CREATE FUNCTION refuse_to_forget() RETURNS trigger LANGUAGE plpgsql AS" + " $$ BEGIN IF "
                + condition + " THEN RAISE EXCEPTION 'no'; END IF; RETURN NULL; END $$");
        database.run("CREATE TRIGGER refuse " + when + " EXECUTE FUNCTION refuse_to_forget()");
    }

    private int rows(String of, Object argument) {
        return database.run("SELECT FROM " + of, argument).rowCount();
    }

    private double failures() {
        return metrics.counter("siaran.batch.failures", "batch", "forget").count();
    }
}
