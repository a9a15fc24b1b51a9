package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whether a message may be sent stands in {@code R__obstacles.sql}, and in a faster form in {@code release.sql}. One message for
 * each combination of what its plan, lead, device, suppression, withdrawal and earlier run, its own or that of another lead of its phone, may be, each on a device of its
 * own: what the release lets out is what has no obstacle and waits for nothing, and intake and operators meet the same obstacles.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ObstaclesTest {

    private static final int COMBINATIONS = 8 * 4 * 4 * 4 * 3 * 12;
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

    @Inject
    MessageStore store;

    @Inject
    MessageChanges changes;

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
        assertThat(judged.stream().filter(ObstaclesTest::released))
                .hasSizeGreaterThan(100)
                .noneMatch(row -> row.getString("plan").equals("closed"));
    }

    @Test
    void the_combinations_meet_every_obstacle() {
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

    @Test
    void an_operator_who_tries_again_is_refused_for_the_same_reasons() {
        // Given
        Map<MessageId, String> obstacles = reasons("o.first");

        // When
        Map<MessageId, FailureReason> refused =
                database.inTransaction(tx -> changes.unsendable(tx, ids(stage.rows(JUDGED))));

        // Then
        assertThat(obstacles).hasSizeGreaterThan(1_000);
        assertThat(refused.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, each -> each.getValue().wire())))
                .isEqualTo(obstacles);
    }

    /** News of a lead that moved may be late, and with it those of its new device: intake asks nothing of a device then. */
    @Test
    void intake_ends_a_message_for_the_same_reasons() {
        // Given
        Map<MessageId, String> obstacles =
                reasons("CASE c.lead WHEN 'elsewhere' THEN o.besides_device ELSE o.first END");
        List<BroadcastMessage> incoming =
                stage.rows(JUDGED).stream().map(ObstaclesTest::message).toList();
        database.run("DELETE FROM broadcast_messages WHERE id IN (SELECT message_id FROM combinations)");

        // When
        database.inTransaction(tx -> {
            store.store(tx, incoming);
            return null;
        });

        // Then
        assertThat(reasonsIn("SELECT id, failure_reason AS reason FROM broadcast_messages"
                        + " WHERE failure_reason IS NOT NULL AND id IN (SELECT message_id FROM combinations)"))
                .isEqualTo(obstacles);
    }

    private Map<MessageId, String> reasons(String obstacle) {
        return reasonsIn("""
                SELECT m.id, %1$s AS reason
                FROM combinations AS c
                JOIN broadcast_messages AS m ON m.id = c.message_id
                CROSS JOIN LATERAL obstacles(
                  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
                WHERE %1$s IS NOT NULL
                """.formatted(obstacle));
    }

    private Map<MessageId, String> reasonsIn(String sql) {
        return stage.rows(sql).stream()
                .collect(Collectors.toMap(row -> new MessageId(row.getUUID("id")), row -> row.getString("reason")));
    }

    private static List<MessageId> ids(List<Row> combinations) {
        return combinations.stream()
                .map(row -> new MessageId(row.getUUID("message_id")))
                .toList();
    }

    private static BroadcastMessage message(Row combination) {
        return new BroadcastMessage(
                new MessageId(combination.getUUID("message_id")),
                new UserId("aminah"),
                new DeviceId(combination.getUUID("device_id")),
                new Cause.Campaign(
                        new LeadId(combination.getUUID("lead_id")),
                        new CampaignId(combination.getUUID("plan_id")),
                        combination.getString("run").equals("first") ? 1 : 2),
                new Recipient(new PhoneNumber(combination.getString("phone")), null),
                Content.of("Hi", null, null, null),
                Pace.ofSeconds(0, 0),
                new Schedule(ZoneOffset.UTC, Instant.now(), null));
    }

    private static boolean released(Row row) {
        return row.getString("status").equals("processing");
    }
}
