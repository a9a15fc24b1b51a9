package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether a message may be sent stands in {@code R__obstacles.sql}, and in a faster form in {@code release.sql}. One message for
 * each combination of what its plan, lead, device, suppression, withdrawal and earlier run, its own or that of another lead of its phone, may be, each on a device of its
 * own: what the release lets out is what has no obstacle and waits for nothing.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ObstaclesTest {

    private static final int COMBINATIONS = 7 * 4 * 4 * 4 * 3 * 12;
    private static final String[] SCENE =
            Sql.load(ObstaclesTest.class, "combinations.sql").split(";\\s*\\n");
    private static final String JUDGED = """
            SELECT c.*, o.first,
              o.first IS NULL AND o.plan_paused IS NOT TRUE AND (o.lead_device = m.device_id) IS NOT FALSE
                AND c.device = 'online' AND c.run <> 'waiting' AND (c.run <> 'twin_waiting' OR c.plan = 'none') AS may_go,
              m.status
            FROM combinations AS c
            JOIN broadcast_messages AS m ON m.id = c.message_id
            CROSS JOIN LATERAL obstacles(
              m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
            """;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    DeviceQueue devices;

    @BeforeEach
    void every_combination_at_once() {
        stage.reset();
        for (String statement : SCENE) {
            database.run(statement);
        }
    }

    @AfterEach
    void leave_nothing() {
        database.run("DROP TABLE combinations");
        stage.reset();
    }

    @Test
    void the_release_lets_out_what_has_no_obstacle_and_nothing_else() {
        // Given
        assertThat(stage.rows(JUDGED)).hasSize(COMBINATIONS);

        // When
        database.inTransaction(tx -> devices.release(tx, Stage.TERMS.withDevices(COMBINATIONS + 10)));

        // Then
        List<Row> judged = stage.rows(JUDGED);
        assertThat(judged.stream().filter(row -> released(row) != row.getBoolean("may_go")))
                .isEmpty();
        assertThat(judged.stream().filter(ObstaclesTest::released)).hasSizeGreaterThan(100);
    }

    @Test
    void intake_and_operators_ask_the_same() {
        Row row = stage.rows("SELECT array_agg(DISTINCT first ORDER BY first) AS reasons FROM (" + JUDGED + ") AS j")
                .getFirst();

        assertThat(row.getArrayOfStrings("reasons"))
                .containsExactly(
                        "device_deleted",
                        "lead_deleted",
                        "plan_cancelled",
                        "sent_in_earlier_run",
                        "superseded_run",
                        "suppressed",
                        "withdrawn",
                        "wrong_owner",
                        null);
    }

    private static boolean released(Row row) {
        return row.getString("status").equals("processing");
    }
}
