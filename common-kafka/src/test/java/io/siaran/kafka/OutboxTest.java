package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.trace.MessageTraces;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class OutboxTest {

    @Inject
    Database database;

    @Inject
    Outbox outbox;

    @Inject
    OutboxRelay relay;

    @Inject
    Publisher publisher;

    @Inject
    OutboxConfig config;

    @Inject
    KafkaSettings kafka;

    @Inject
    ParkedRecords parked;

    @Inject
    MeterRegistry metrics;

    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "siaran.postgres")
    String postgres;

    @ConfigProperty(name = "siaran.postgres-user")
    String postgresUser;

    @ConfigProperty(name = "siaran.postgres-password")
    String postgresPassword;

    TopicReader plans;

    @BeforeEach
    void readFromHere() {
        plans = new TopicReader(bootstrapServers, Topic.PLANS);
    }

    @AfterEach
    void close() {
        plans.close();
    }

    @Test
    void what_is_committed_is_published_in_the_order_of_its_key_and_leaves_the_table() {
        // When
        for (int round = 0; round < 20; round++) {
            List<OutboxRecord> both = List.of(plan("merah", round), plan("biru", round));
            database.doInTransaction(tx -> outbox.append(tx, both));
        }

        // Then
        await().untilAsserted(() -> assertThat(plans.soFar()).hasSize(40));
        Map<String, List<String>> byKey = plans.soFar().stream()
                .collect(Collectors.groupingBy(
                        ConsumerRecord::key, Collectors.mapping(ConsumerRecord::value, Collectors.toList())));
        List<String> inOrder =
                IntStream.range(0, 20).mapToObj(Integer::toString).toList();
        assertThat(byKey).isEqualTo(Map.of("merah", inOrder, "biru", inOrder));
        await().untilAsserted(() -> assertThat(left()).isZero());
    }

    @Test
    void the_relay_vacuums_what_it_deleted() {
        // Given
        long before = vacuums();
        List<OutboxRecord> many =
                IntStream.range(0, 20_000).mapToObj(n -> plan("merah", n)).toList();

        // When
        database.doInTransaction(tx -> outbox.append(tx, many));

        // Then
        await().untilAsserted(() -> assertThat(vacuums()).isGreaterThan(before));
    }

    @Test
    void what_is_rolled_back_is_never_published() {
        // When
        assertThatThrownBy(() -> database.doInTransaction(tx -> {
                    outbox.append(tx, List.of(plan("merah", 1)));
                    throw new IllegalStateException("the write after it failed");
                }))
                .hasMessage("the write after it failed");
        database.doInTransaction(tx -> outbox.append(tx, List.of(plan("merah", 2))));

        // Then
        await().untilAsserted(() -> assertThat(plans.soFar()).isNotEmpty());
        assertThat(plans.soFar()).extracting(ConsumerRecord::value).containsExactly("2");
    }

    @Test
    void a_record_larger_than_kafka_takes_is_parked_and_the_ones_around_it_are_published() {
        // Given
        database.run("DELETE FROM parked_records");
        String large = new Random(1)
                .ints(1_200_000, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        // When
        database.doInTransaction(tx -> outbox.append(
                tx, List.of(plan("merah", 1), new OutboxRecord(Topic.PLANS, "biru", large), plan("merah", 2))));

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(plans.soFar())
                        .extracting(ConsumerRecord::value)
                        .containsExactly("1", "2"));
        await().untilAsserted(() -> assertThat(left()).isZero());
        assertThat(database.run("SELECT 1 FROM parked_records WHERE direction = 'out' AND key = 'biru'")
                        .rowCount())
                .isEqualTo(1);
    }

    @Test
    void what_is_published_directly_and_too_large_is_parked_as_well() {
        // Given
        database.run("DELETE FROM parked_records");

        // When
        publisher.publish(List.of(new OutboxRecord(Topic.PLANS, "biru", "x".repeat(1_200_000)), plan("merah", 1)));

        // Then
        await().untilAsserted(() ->
                assertThat(plans.soFar()).extracting(ConsumerRecord::value).containsExactly("1"));
        assertThat(database.run("SELECT 1 FROM parked_records").rowCount()).isEqualTo(1);
    }

    @Test
    void who_promises_that_others_are_told_can_wait_for_it() {
        // When
        database.doInTransaction(tx -> outbox.append(tx, List.of(plan("merah", 9))));

        // Then
        assertThat(published(outbox, "merah", Duration.ofSeconds(10))).isTrue();
        await().untilAsserted(() ->
                assertThat(plans.soFar()).extracting(ConsumerRecord::value).contains("9"));
    }

    @Test
    void who_cannot_look_whether_others_are_told_is_told_that_it_is_not_known() {
        // Given
        Pool gone = PgBuilder.pool().connectingTo(database("test")).using(vertx).build();
        gone.close().await().indefinitely();

        // When
        boolean known = published(new Outbox(relay, gone, vertx.getDelegate()), "merah", Duration.ofSeconds(10));

        // Then
        assertThat(known).isFalse();
    }

    @Test
    void nobody_waits_for_a_relay_that_is_behind_longer_than_anybody_would_wait() {
        // Given
        Pool whereNobodyRelays = whereNobodyRelays("an hour ago");
        waiting(whereNobodyRelays, "biru", "2 hours");
        waiting(whereNobodyRelays, "merah", "0 hours");
        Outbox behind = new Outbox(relay, whereNobodyRelays, vertx.getDelegate());

        // When // Then
        assertThat(published(behind, "merah", Duration.ofHours(1))).isFalse();
        assertThat(published(behind, "biru", Duration.ofHours(1))).isFalse();
        whereNobodyRelays.close().await().indefinitely();
    }

    @Test
    void only_what_was_waiting_under_the_key_is_waited_for_and_not_for_ever() {
        // Given
        Pool whereNobodyRelays = whereNobodyRelays("now");
        waiting(whereNobodyRelays, "merah", "0 hours");
        Outbox behind = new Outbox(relay, whereNobodyRelays, vertx.getDelegate());

        // When // Then
        assertThat(published(behind, "biru", Duration.ofHours(1))).isTrue();
        assertThat(published(behind, "merah", Duration.ofMillis(200))).isFalse();
        whereNobodyRelays.close().await().indefinitely();
    }

    private static boolean published(Outbox outbox, String key, Duration patience) {
        return outbox.published(Topic.PLANS, key, patience).await().atMost(Duration.ofSeconds(20));
    }

    /** An outbox of its own. */
    private Pool whereNobodyRelays(String name) {
        database.run("CREATE SCHEMA IF NOT EXISTS \"%s\"".formatted(name));
        database.run("CREATE TABLE IF NOT EXISTS \"%s\".outbox (LIKE public.outbox INCLUDING ALL)".formatted(name));
        database.run("DELETE FROM \"%s\".outbox".formatted(name));
        return PgBuilder.pool()
                .connectingTo(
                        PgConnectOptions.fromUri(database("test")).addProperty("search_path", "\"%s\"".formatted(name)))
                .using(vertx)
                .build();
    }

    private static void waiting(Pool pool, String key, String since) {
        pool.query(
                        "INSERT INTO outbox (topic, key, payload, created_at) VALUES ('plans', '%s', '{}', now() - interval '%s')"
                                .formatted(key, since))
                .execute()
                .await()
                .indefinitely();
    }

    @Test
    void a_second_relay_stands_by_and_nothing_is_published_twice() throws InterruptedException {
        // Given
        OutboxRelay second = new OutboxRelay(pool, config, kafka, parked, MessageTraces.off(), metrics, "outbox-test");
        second.start(null);

        // When
        for (int round = 0; round < 50; round++) {
            List<OutboxRecord> one = List.of(plan("merah", round));
            database.doInTransaction(tx -> outbox.append(tx, one));
        }

        // Then
        await().untilAsserted(() -> assertThat(left()).isZero());
        second.stop(null);
        assertThat(plans.soFar()).hasSizeLessThanOrEqualTo(50);
        await().untilAsserted(() -> assertThat(plans.soFar()).hasSize(50));
    }

    @Test
    void a_relay_that_loses_its_connection_comes_back() {
        // Given
        int killed = database.run("SELECT pg_terminate_backend(pid) FROM pg_locks"
                        + " WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()")
                .rowCount();

        // When
        database.doInTransaction(tx -> outbox.append(tx, List.of(plan("merah", 7))));

        // Then
        assertThat(killed).isEqualTo(1);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(plans.soFar())
                        .extracting(ConsumerRecord::value)
                        .contains("7"));
    }

    @Test
    void a_producer_that_the_broker_did_not_answer_is_closed_before_the_next_is_made() throws InterruptedException {
        // Given
        List<MockProducer<String, String>> made = new CopyOnWriteArrayList<>();
        Pool whereNobodyRelays =
                PgBuilder.pool().connectingTo(database("campaign")).using(vertx).build();
        OutboxRelay lonely = new OutboxRelay(
                whereNobodyRelays, config, unanswered(made), parked, MessageTraces.off(), metrics, "outbox-test");

        // When
        lonely.start(null);
        await().until(() -> made.size() >= 2);
        lonely.stop(null);

        // Then
        whereNobodyRelays.close().await().indefinitely();
        assertThat(made).allMatch(MockProducer::closed);
    }

    private KafkaSettings unanswered(List<MockProducer<String, String>> made) {
        return new KafkaSettings(Map.of("bootstrap.servers", bootstrapServers), "outbox-test") {
            @Override
            Producer<String, String> transactionalProducer(String transactionalId) {
                MockProducer<String, String> producer = new MockProducer<>();
                producer.initTransactionException = new TimeoutException("no broker");
                made.add(producer);
                return producer;
            }
        };
    }

    private String database(String name) {
        return "postgresql://%s:%s@%s/%s".formatted(postgresUser, postgresPassword, postgres, name);
    }

    private static OutboxRecord plan(String key, int number) {
        return new OutboxRecord(Topic.PLANS, key, number);
    }

    private long vacuums() {
        return database.run("SELECT vacuum_count AS n FROM pg_stat_user_tables WHERE relname = 'outbox'")
                .iterator()
                .next()
                .getLong("n");
    }

    private long left() {
        return database.run("SELECT count(*) AS n FROM outbox")
                .iterator()
                .next()
                .getLong("n");
    }
}
