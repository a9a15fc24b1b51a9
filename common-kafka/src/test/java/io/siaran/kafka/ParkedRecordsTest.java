package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.model.Plan;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.trace.MessageTraces;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pods of two versions run beside each other while one is rolled out: what the older one parks, the newer one takes. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ParkedRecordsTest {

    private static final ConsumerRecords<String, String> NOTHING = new ConsumerRecords<>(Map.of(), Map.of());

    @Inject
    Publisher publisher;

    @Inject
    ParkedRecords parked;

    @Inject
    IntakeMetrics metrics;

    @Inject
    Database database;

    @Inject
    DataSource jdbc;

    private final MovedClock clock = new MovedClock();
    private final List<Plan> applied = new ArrayList<>();

    @BeforeEach
    void nothingIsParked() {
        database.run("DELETE FROM parked_records");
    }

    @Test
    void what_a_pod_of_the_version_before_parks_after_the_first_batch_is_taken_within_a_minute() {
        // Given
        RecordIntake newer = intake();
        newer.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
        parked.park(record(7, plan("campaign")), "the version before does not know it");

        // When
        newer.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).isEmpty();

        // When
        clock.now = clock.now.plusSeconds(61);
        newer.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void what_a_version_did_not_know_it_reads_no_more_after_a_minute_however_long_it_runs() {
        // Given
        RecordIntake older = intake();
        parked.park(record(7, plan("journey")), "not known");
        anHourPasses();
        older.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
        database.run("UPDATE parked_records SET payload = $1", plan("campaign"));

        // When
        clock.now = clock.now.plusSeconds(61);
        older.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).isEmpty();
        assertThat(kept()).hasSize(1);

        // When the next version starts
        intake().take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).hasSize(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void a_look_reads_nothing_of_what_has_been_parked_for_long_nor_of_other_topics() {
        // Given
        park(10_000, Topic.PLANS, "journey");
        park(10_000, Topic.LEAD_COMMANDS, "journey");
        anHourPasses();
        database.run("ANALYZE parked_records");
        CountedDatabase counted = new CountedDatabase();
        RecordIntake intake = intake(counted);
        takeUntilThrough(intake, counted);
        counted.read = 0;

        // When
        clock.now = clock.now.plusSeconds(61);
        intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(counted.looks).isPositive();
        assertThat(counted.read).isZero();
    }

    @Test
    void what_stays_unknown_is_fetched_twice_at_most() {
        // Given
        park(100, Topic.PLANS, "journey");
        CountedDatabase counted = new CountedDatabase();
        RecordIntake intake = intake(counted);

        // When
        for (int minute = 0; minute < 6; minute++) {
            intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
            clock.now = clock.now.plusSeconds(61);
            database.run("UPDATE parked_records SET parked_at = parked_at - interval '61 s'");
        }

        // Then
        assertThat(counted.fetched).isBetween(100, 200);
    }

    @Test
    void a_look_takes_so_many_and_the_next_batch_takes_the_rest_without_a_pause() {
        // Given
        park(6_000, Topic.PLANS, "campaign");
        RecordIntake intake = intake();
        List<Integer> sizes = new ArrayList<>();

        // When
        intake.take(Topic.PLANS, NOTHING, Plan.class, some -> sizes.add(some.size()));

        // Then
        assertThat(kept()).hasSize(1_000);
        assertThat(sizes).hasSize(10).containsOnly(500);

        // When
        intake.take(Topic.PLANS, NOTHING, Plan.class, some -> sizes.add(some.size()));

        // Then
        assertThat(kept()).isEmpty();
    }

    @Test
    void what_was_parked_first_and_comes_to_be_seen_after_the_others_is_taken() throws SQLException {
        // Given
        RecordIntake intake = intake();
        try (Connection late = jdbc.getConnection()) {
            late.setAutoCommit(false);
            late.createStatement()
                    .execute(
                            "INSERT INTO parked_records (direction, topic, key, payload, partition, \"offset\", reason)"
                                    + " VALUES ('in', 'plans', 'kedai', '" + plan("campaign")
                                    + "', 1, 1, 'not known')");
            park(6_000, Topic.PLANS, "journey");
            intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
            late.commit();
        }
        anHourPasses();

        // When
        intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
        clock.now = clock.now.plusSeconds(61);
        intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).hasSize(1);
    }

    @Test
    void a_look_that_fails_goes_on_at_the_next_batch() {
        // Given
        park(1, Topic.PLANS, "campaign");
        RecordIntake intake = intake();
        intake.stop(null);
        assertThatThrownBy(() -> intake.take(Topic.PLANS, NOTHING, Plan.class, _ -> {
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");

        // When
        intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);

        // Then
        assertThat(applied).hasSize(1);
    }

    @Test
    void where_a_topic_was_made_anew_another_record_of_the_same_place_is_parked_too() {
        // When
        parked.park(record(7, plan("journey")), "not known");
        parked.park(record(7, plan("journey")), "not known");
        parked.park(record(7, plan("voyage")), "not known");

        // Then
        assertThat(kept()).containsExactly(plan("journey"), plan("voyage"));
    }

    private RecordIntake intake() {
        return intake(database);
    }

    private RecordIntake intake(Database asked) {
        return new RecordIntake(publisher, new ParkedRecords(asked, metrics), metrics, MessageTraces.off(), clock);
    }

    private void takeUntilThrough(RecordIntake intake, CountedDatabase counted) {
        do {
            counted.looks = 0;
            intake.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
        } while (counted.looks > 0);
    }

    private void park(int count, Topic topic, String kind) {
        database.run(
                "INSERT INTO parked_records (direction, topic, key, payload, partition, \"offset\", reason)"
                        + " SELECT 'in', $1, 'kedai', $2, 0, n, 'not known' FROM generate_series(1, $3) n",
                topic.topicName(),
                plan(kind),
                count);
    }

    private void anHourPasses() {
        database.run("UPDATE parked_records SET parked_at = parked_at - interval '1 hour'");
    }

    private List<String> kept() {
        List<String> payloads = new ArrayList<>();
        database.run("SELECT payload FROM parked_records ORDER BY id")
                .forEach(row -> payloads.add(row.getString("payload")));
        return payloads;
    }

    private static ConsumerRecord<String, String> record(long offset, String payload) {
        return new ConsumerRecord<>(Topic.PLANS.topicName(), 0, offset, "kedai", payload);
    }

    private static String plan(String kind) {
        return "{\"id\":\"01936f2e-0000-7000-8000-0000000000c2\",\"kind\":\"" + kind + "\",\"user_id\":\"kedai\","
                + "\"status\":\"active\",\"run\":1,\"version\":1,\"deleted\":false}";
    }

    /** Counts what is fetched of the parked records, and what the database reads for that. */
    private final class CountedDatabase extends Database {

        private int looks;
        private int fetched;
        private long read;

        CountedDatabase() {
            super(null);
        }

        @Override
        public RowSet<Row> run(String sql, Object... arguments) {
            RowSet<Row> answer = database.run(sql, arguments);
            if (sql.startsWith("SELECT")) {
                looks++;
                fetched += answer.rowCount();
                read += RowsRead.by(
                        explain -> database.run(explain, arguments)
                                .iterator()
                                .next()
                                .getValue(0)
                                .toString(),
                        sql);
            }
            return answer;
        }
    }

    /** By which a minute passes when it is told to. */
    private static final class MovedClock extends Clock {

        private Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
