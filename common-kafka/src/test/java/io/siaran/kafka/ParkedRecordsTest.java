package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Plan;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.trace.MessageTraces;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void what_a_version_did_not_know_it_reads_once_however_long_it_runs() {
        // Given
        RecordIntake older = intake();
        parked.park(record(7, plan("journey")), "not known");
        older.take(Topic.PLANS, NOTHING, Plan.class, applied::addAll);
        database.run(
                "UPDATE parked_records SET payload = $1, parked_at = parked_at - interval '1 hour'", plan("campaign"));

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
    void where_a_topic_was_made_anew_another_record_of_the_same_place_is_parked_too() {
        // When
        parked.park(record(7, plan("journey")), "not known");
        parked.park(record(7, plan("journey")), "not known");
        parked.park(record(7, plan("voyage")), "not known");

        // Then
        assertThat(kept()).containsExactly(plan("journey"), plan("voyage"));
    }

    private RecordIntake intake() {
        return new RecordIntake(publisher, parked, metrics, MessageTraces.off(), clock);
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
