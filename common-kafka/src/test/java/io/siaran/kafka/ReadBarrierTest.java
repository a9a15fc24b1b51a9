package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReadBarrierTest {

    @Inject
    KafkaSettings kafka;

    ReadBarrier barrier;

    @Inject
    Publisher publisher;

    @Inject
    Outbox outbox;

    @Inject
    Database database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** The group of a service, whose reading the test does by hand. */
    KafkaConsumer<String, String> group;

    @BeforeEach
    void theGroupHasTakenEverything() {
        group = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "barrier-test"),
                new StringDeserializer(),
                new StringDeserializer());
        takeEverything();
        barrier = new ReadBarrier(kafka, _ -> "barrier-test");
    }

    @AfterEach
    void close() {
        barrier.close();
        group.close();
    }

    @Test
    void a_key_that_nobody_wrote_is_answered_at_once() {
        // Given
        barrier.await(Topic.DEVICES, "warm-up");
        long asked = System.nanoTime();

        // When
        boolean sure = barrier.await(Topic.DEVICES, "nobody");

        // Then
        assertThat(sure).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void records_of_other_keys_and_markers_of_transactions_are_not_waited_for() {
        // Given
        publisher.publish(IntStream.range(0, 500)
                .mapToObj(i -> new OutboxRecord(Topic.DEVICES, "other-" + i, i))
                .toList());
        database.doInTransaction(tx -> outbox.append(tx, List.of(new OutboxRecord(Topic.DEVICES, "other", 1))));
        outbox.wake();
        Awaitility.await().until(() -> database.run("SELECT 1 FROM outbox").rowCount() == 0);
        barrier.await(Topic.DEVICES, "warm-up");
        long asked = System.nanoTime();

        // When
        boolean sure = barrier.await(Topic.DEVICES, "nobody");

        // Then
        assertThat(sure).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_key_that_is_on_the_way_is_waited_for_until_the_group_has_taken_it() throws Exception {
        // Given
        String merah = UUID.randomUUID().toString();
        publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, merah, 1)));

        // When
        CompletableFuture<Boolean> sure = CompletableFuture.supplyAsync(() -> barrier.await(Topic.DEVICES, merah));

        // Then
        Awaitility.await()
                .during(Duration.ofMillis(700))
                .atMost(Duration.ofSeconds(2))
                .until(() -> !sure.isDone());
        takeEverything();
        assertThat(sure.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_group_that_stays_behind_is_told_of_in_bounded_time() {
        // Given
        String merah = UUID.randomUUID().toString();
        publisher.publish(List.of(new OutboxRecord(Topic.DEVICES, merah, 1)));
        long asked = System.nanoTime();

        // When
        boolean sure = barrier.await(Topic.DEVICES, merah);

        // Then
        assertThat(sure).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));
    }

    private void takeEverything() {
        List<TopicPartition> partitions = group.partitionsFor("devices").stream()
                .map(partition -> new TopicPartition("devices", partition.partition()))
                .toList();
        group.assign(partitions);
        // As a reader commits: behind its last record, and so before the marker of that record's transaction.
        group.commitSync(group.endOffsets(partitions).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> new OffsetAndMetadata(end.getValue()))));
    }
}
