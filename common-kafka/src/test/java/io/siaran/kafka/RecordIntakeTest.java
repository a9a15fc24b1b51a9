package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Json;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RecordIntakeTest {

    private static final String ANI = suppression("60123456789");
    private static final String BUDI = suppression("60123456780");

    @Inject
    RecordIntake intake;

    @Inject
    Publisher publisher;

    @Inject
    ParkedRecords parked;

    @Inject
    IntakeMetrics metrics;

    @Inject
    Database database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    TopicReader deadLetters;

    @BeforeEach
    void readFromHere() {
        deadLetters = new TopicReader(bootstrapServers, Topic.SUPPRESSIONS.deadLetters());
    }

    @AfterEach
    void close() {
        deadLetters.close();
    }

    @Test
    void an_unreadable_record_becomes_a_dead_letter_with_its_reason_and_the_rest_is_applied() {
        // Given
        List<Suppression> applied = new ArrayList<>();

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI, "{not json", BUDI), Suppression.class, applied::addAll);

        // Then
        assertThat(applied).extracting(s -> s.phone().digits()).containsExactly("60123456789", "60123456780");
        await().untilAsserted(() -> assertThat(deadLetters.soFar()).hasSize(1));
        ConsumerRecord<String, String> letter = deadLetters.soFar().getFirst();
        assertThat(letter.value()).isEqualTo("{not json");
        assertThat(new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8))
                .startsWith("Suppression:");
    }

    @Test
    void a_record_that_the_database_refuses_is_put_aside_alone() {
        // Given
        database.run("CREATE TABLE IF NOT EXISTS strict (phone text PRIMARY KEY CHECK (phone <> '60123456780'))");
        database.run("DELETE FROM strict");

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI, BUDI, suppression("60123456781")), Suppression.class, this::store);

        // Then
        assertThat(database.run("SELECT phone FROM strict").rowCount()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(deadLetters.soFar())
                .extracting(ConsumerRecord::value)
                .containsExactly(BUDI));
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheData")
    void a_record_of_which_nothing_can_be_computed_is_put_aside_alone(RuntimeException fault) {
        // Given
        List<Suppression> applied = new ArrayList<>();

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI, BUDI, suppression("60123456781")), Suppression.class, some -> {
            if (some.stream().anyMatch(s -> s.phone().digits().equals("60123456780"))) {
                throw fault;
            }
            applied.addAll(some);
        });

        // Then
        assertThat(applied).extracting(s -> s.phone().digits()).containsExactly("60123456789", "60123456781");
        await().untilAsserted(() -> assertThat(deadLetters.soFar())
                .extracting(ConsumerRecord::value)
                .containsExactly(BUDI));
    }

    static List<RuntimeException> faultsOfTheData() {
        return List.of(new DateTimeException("no such day"), new ArithmeticException("long overflow"));
    }

    @Test
    void a_key_too_long_for_its_index_is_put_aside_alone() {
        // Given
        String longest = suppression(
                "60123456782",
                new Random(1)
                        .ints(9_000, 'a', 'z')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        database.run("CREATE TABLE IF NOT EXISTS users (name text PRIMARY KEY)");

        // When
        intake.take(
                Topic.SUPPRESSIONS,
                batch(ANI, longest),
                Suppression.class,
                some -> database.run("INSERT INTO users SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", (Object)
                        some.stream().map(s -> s.userId().value()).toArray(String[]::new)));

        // Then
        assertThat(database.run("SELECT name FROM users").rowCount()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(deadLetters.soFar())
                .extracting(ConsumerRecord::value)
                .containsExactly(longest));
    }

    @Test
    void a_tombstone_of_a_snapshot_is_no_dead_letter() {
        // Given
        List<Suppression> applied = new ArrayList<>();

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI, null, "{not json"), Suppression.class, applied::addAll);

        // Then
        assertThat(applied).hasSize(1);
        await().untilAsserted(() -> assertThat(deadLetters.soFar())
                .extracting(ConsumerRecord::value)
                .containsExactly("{not json"));
    }

    @Test
    void a_record_of_a_later_version_is_parked_once_and_taken_by_the_version_that_knows_it() {
        // Given
        database.run("DELETE FROM parked_records");
        String later = "{\"id\":\"01936f2e-0000-7000-8000-0000000000c1\",\"kind\":\"journey\",\"user_id\":\"kedai\","
                + "\"status\":\"active\",\"run\":1,\"version\":1,\"deleted\":false}";
        List<Plan> applied = new ArrayList<>();

        // When
        intake.take(Topic.PLANS, batch(Topic.PLANS, later), Plan.class, applied::addAll);
        intake.take(Topic.PLANS, batch(Topic.PLANS, later), Plan.class, applied::addAll);

        // Then
        assertThat(applied).isEmpty();
        assertThat(deadLetters.soFar()).isEmpty();
        assertThat(parkedOf(Topic.PLANS)).isEqualTo(1);

        // When the next version starts
        database.run("UPDATE parked_records SET payload = replace(payload, 'journey', 'campaign')");
        new RecordIntake(publisher, parked, metrics, io.siaran.trace.MessageTraces.off(), Clock.systemUTC())
                .take(Topic.PLANS, batch(Topic.PLANS), Plan.class, applied::addAll);

        // Then
        assertThat(applied).extracting(Plan::kind).containsExactly(PlanKind.CAMPAIGN);
        assertThat(parkedOf(Topic.PLANS)).isZero();
    }

    @Test
    void a_status_of_a_later_version_is_read_safely() {
        // Given
        List<Plan> applied = new ArrayList<>();
        String later = "{\"id\":\"01936f2e-0000-7000-8000-0000000000c1\",\"kind\":\"campaign\",\"user_id\":\"kedai\","
                + "\"status\":\"halted\",\"run\":1,\"version\":1,\"deleted\":false}";

        // When
        intake.take(Topic.PLANS, batch(Topic.PLANS, later), Plan.class, applied::addAll);

        // Then
        assertThat(applied).extracting(Plan::status).containsExactly(PlanStatus.PAUSED);
    }

    @Test
    void a_database_that_is_away_is_waited_for() {
        // Given
        List<Suppression> applied = new ArrayList<>();
        int[] failures = {2};

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI), Suppression.class, some -> {
            if (failures[0]-- > 0) {
                throw new IllegalStateException("connection refused");
            }
            applied.addAll(some);
        });

        // Then
        assertThat(applied).hasSize(1);
        assertThat(deadLetters.soFar()).isEmpty();
    }

    @Test
    @Timeout(60)
    void a_batch_that_the_server_breaks_off_for_its_time_goes_in_by_parts_in_its_order() {
        // Given
        List<Suppression> applied = new ArrayList<>();
        List<String> phones = List.of("60123456781", "60123456782", "60123456783", "60123456784", "60123456785");

        // When
        intake.take(
                Topic.SUPPRESSIONS,
                batch(phones.stream().map(RecordIntakeTest::suppression).toArray(String[]::new)),
                Suppression.class,
                some -> {
                    takeTooLong(some.size() > 2);
                    applied.addAll(some);
                });

        // Then
        assertThat(applied).extracting(s -> s.phone().digits()).containsExactlyElementsOf(phones);
        assertThat(deadLetters.soFar()).isEmpty();
    }

    @Test
    @Timeout(60)
    void a_single_record_that_the_server_breaks_off_for_its_time_is_tried_again() {
        // Given
        List<Suppression> applied = new ArrayList<>();
        int[] failures = {2};

        // When
        intake.take(Topic.SUPPRESSIONS, batch(ANI), Suppression.class, some -> {
            takeTooLong(failures[0]-- > 0);
            applied.addAll(some);
        });

        // Then
        assertThat(applied).hasSize(1);
        assertThat(deadLetters.soFar()).isEmpty();
    }

    private void takeTooLong(boolean tooLong) {
        if (tooLong) {
            database.doInTransaction(tx -> {
                tx.run("SET LOCAL statement_timeout = '50ms'");
                tx.run("SELECT pg_sleep(60)");
            });
        }
    }

    private void store(List<Suppression> some) {
        database.run("INSERT INTO strict SELECT unnest($1::text[]) ON CONFLICT DO NOTHING", (Object)
                some.stream().map(s -> s.phone().digits()).toArray(String[]::new));
    }

    private int parkedOf(Topic topic) {
        return database.run("SELECT 1 FROM parked_records WHERE topic = $1", topic.topicName())
                .rowCount();
    }

    private static ConsumerRecords<String, String> batch(String... values) {
        return batch(Topic.SUPPRESSIONS, values);
    }

    private static ConsumerRecords<String, String> batch(Topic topic, String... values) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ConsumerRecord<>(topic.topicName(), 0, records.size(), "key", value));
        }
        return new ConsumerRecords<>(Map.of(new TopicPartition(topic.topicName(), 0), records), Map.of());
    }

    private static String suppression(String phone) {
        return suppression(phone, "kedai");
    }

    private static String suppression(String phone, String user) {
        return Json.write(new Suppression(new UserId(user), new PhoneNumber(phone), "stop", null, 1, false));
    }
}
