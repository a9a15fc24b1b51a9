package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BacklogTest {

    @Inject
    MeterRegistry metrics;

    @Inject
    Publisher publisher;

    @Inject
    ParkedRecords parked;

    @Inject
    KafkaSettings kafka;

    @Inject
    Database database;

    @Inject
    DataSource jdbc;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void every_counter_of_the_intake_is_there_before_its_first_event() {
        for (Topic topic : Topic.values()) {
            assertThat(metrics.find("siaran.dead.letters")
                            .tag("topic", topic.topicName())
                            .counter())
                    .isNotNull();
            assertThat(metrics.find("siaran.records.parked")
                            .tag("topic", topic.topicName())
                            .counters())
                    .hasSize(2);
        }
    }

    @Test
    void no_series_is_one_of_a_partition() {
        publisher.publish(List.of(new OutboxRecord(Topic.PLANS, "ani", 1)));

        assertThat(metrics.getMeters())
                .extracting(meter -> meter.getId().getName())
                .anyMatch(name -> name.startsWith("kafka.producer."));
        assertThat(metrics.getMeters())
                .filteredOn(meter -> meter.getId().getName().startsWith("kafka."))
                .noneMatch(meter -> meter.getId().getTag("partition") != null
                        || meter.getId().getTag("topic") != null
                        || meter.getId().getTag("node.id") != null);
    }

    @Test
    void the_lag_is_what_the_group_has_not_committed() throws Exception {
        try (Admin admin = kafka.admin()) {
            publisher.publish(List.of(new OutboxRecord(Topic.LEAD_COMMANDS, "ani", 1)));
            Map<TopicPartition, OffsetAndMetadata> ends = ends(admin, Topic.LEAD_COMMANDS);
            admin.alterConsumerGroupOffsets("behind", ends).all().get();
            MeterRegistry own = new SimpleMeterRegistry();
            Backlog backlog =
                    new Backlog(database, new ConsumerLag(kafka), reading(Topic.LEAD_COMMANDS, "behind"), own);
            backlog.look();
            assertThat(lag(own)).isZero();

            publisher.publish(IntStream.range(0, 5)
                    .mapToObj(n -> new OutboxRecord(Topic.LEAD_COMMANDS, "ani", n))
                    .toList());
            backlog.look();

            // The last one may be the marker of a transaction.
            assertThat(lag(own)).isEqualTo(4);
        }
    }

    @Test
    void an_outbox_that_nobody_can_look_at_ages_by_the_clock_though_nothing_was_found_in_it() {
        // Given
        MeterRegistry own = new SimpleMeterRegistry();
        AtomicBoolean away = new AtomicBoolean();
        Database asked = new Database(null) {
            @Override
            public RowSet<Row> run(String sql, Object... arguments) {
                if (away.get()) {
                    throw new IllegalStateException("the database is away");
                }
                return database.run("SELECT 0::bigint AS age WHERE false");
            }
        };
        Backlog backlog = new Backlog(asked, new ConsumerLag(kafka), reading(Topic.PLANS, "plans"), own);
        backlog.look();
        assertThat(outboxAge(own)).isZero();

        // When
        away.set(true);
        backlog.look();

        // Then
        double before = outboxAge(own);
        assertThat(before).isPositive();
        await().until(() -> outboxAge(own) > before);

        // When
        away.set(false);
        backlog.look();

        // Then
        assertThat(outboxAge(own)).isZero();
    }

    @Test
    void a_batch_that_fails_again_and_again_is_told_for_as_long_as_it_does() throws InterruptedException {
        MeterRegistry own = new SimpleMeterRegistry();
        IntakeMetrics counted = new IntakeMetrics(own, reading(Topic.PLANS, "plans"));
        RecordIntake intake =
                new RecordIntake(publisher, parked, counted, io.siaran.trace.MessageTraces.off(), Clock.systemUTC());
        CountDownLatch mended = new CountDownLatch(1);
        Thread intaking =
                Thread.startVirtualThread(() -> intake.take(Topic.PLANS, aPlan(), io.siaran.model.Plan.class, _ -> {
                    if (mended.getCount() > 0) {
                        throw new IllegalStateException("the database is away");
                    }
                }));

        await().until(() -> stuck(own) > 0);
        mended.countDown();
        intaking.join();

        assertThat(stuck(own)).isZero();
    }

    @Test
    void a_batch_that_took_too_long_together_counts_as_stuck_until_its_last_part_is_in() {
        // Given
        MeterRegistry own = new SimpleMeterRegistry();
        IntakeMetrics counted = new IntakeMetrics(own, reading(Topic.PLANS, "plans"));
        RecordIntake intake =
                new RecordIntake(publisher, parked, counted, io.siaran.trace.MessageTraces.off(), Clock.systemUTC());
        List<Boolean> stuck = new ArrayList<>();

        // When
        intake.take(Topic.PLANS, plans(4), io.siaran.model.Plan.class, some -> {
            stuck.add(stuck(own) > 0);
            if (some.size() > 1) {
                throw new PgException("canceling statement due to statement timeout", "ERROR", "57014", null);
            }
        });

        // Then
        assertThat(stuck).containsExactly(false, true, true, true, true, true, true);
        assertThat(stuck(own)).isZero();
    }

    @Test
    void flyway_s_connections_are_bounded_as_the_others_are() throws SQLException {
        try (Connection connection = jdbc.getConnection()) {
            assertThat(setting(connection, "tcp_keepalives_idle")).isEqualTo("10");
            assertThat(setting(connection, "tcp_user_timeout")).isEqualTo("20000");
            assertThat(setting(connection, "lock_timeout")).isEqualTo("20s");
        }
        assertThat(database.run("SHOW tcp_keepalives_idle").iterator().next().getString(0))
                .isEqualTo("10");
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (ResultSet answer = connection.createStatement().executeQuery("SHOW " + name)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static double lag(MeterRegistry registry) {
        return registry.get("siaran.consumer.lag").gauge().value();
    }

    private static double outboxAge(MeterRegistry registry) {
        return registry.get("siaran.outbox.oldest.age").gauge().value();
    }

    private static double stuck(MeterRegistry registry) {
        return registry.get("siaran.intake.stuck").gauge().value();
    }

    private static Config reading(Topic topic, String group) {
        return new SmallRyeConfigBuilder()
                .withDefaultValue("mp.messaging.incoming." + topic.topicName() + ".group.id", group)
                .build();
    }

    private static Map<TopicPartition, OffsetAndMetadata> ends(Admin admin, Topic topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> ends = new java.util.HashMap<>();
        for (int i = 0; i < io.siaran.localstack.Kafka.PARTITIONS; i++) {
            TopicPartition partition = new TopicPartition(topic.topicName(), i);
            long end = admin.listOffsets(Map.of(partition, org.apache.kafka.clients.admin.OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            ends.put(partition, new OffsetAndMetadata(end));
        }
        return ends;
    }

    private static ConsumerRecords<String, String> aPlan() {
        return plans(1);
    }

    private static ConsumerRecords<String, String> plans(int count) {
        String plan = "{\"id\":\"01936f2e-0000-7000-8000-0000000000c1\",\"kind\":\"campaign\",\"user_id\":\"kedai\","
                + "\"status\":\"active\",\"run\":1,\"version\":1,\"deleted\":false}";
        TopicPartition partition = new TopicPartition("plans", 0);
        return new ConsumerRecords<>(
                Map.of(
                        partition,
                        IntStream.range(0, count)
                                .mapToObj(offset -> new ConsumerRecord<>("plans", 0, offset, "ani", plan))
                                .toList()),
                Map.of());
    }
}
