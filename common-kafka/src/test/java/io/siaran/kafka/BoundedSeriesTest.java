package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** An installation has 64 partitions, and Kafka's clients know something of each. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BoundedSeriesTest {

    private static final String WIDE = "as-wide-as-an-installation";
    private static final int PARTITIONS = 64;

    @Inject
    MeterRegistry metrics;

    @Inject
    KafkaSettings kafka;

    @Test
    void who_reads_sixty_four_partitions_brings_as_many_series_as_who_reads_one() throws Exception {
        try (Admin admin = kafka.admin();
                Consumer<String, byte[]> ofAll = kafka.looker();
                Consumer<String, byte[]> ofOne = kafka.looker()) {
            // Given
            admin.createTopics(List.of(new NewTopic(WIDE, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            writeToEach();

            // When
            long seriesOfAll = seriesOf(ofAll, PARTITIONS);
            long seriesOfOne = seriesOf(ofOne, 1);

            // Then
            assertThat(ofAll.metrics().keySet())
                    .as("what the client itself would tell of them")
                    .filteredOn(metric -> metric.tags().containsKey("partition"))
                    .hasSizeGreaterThan(PARTITIONS);
            assertThat(seriesOfAll).isPositive().isEqualTo(seriesOfOne);
        }
    }

    private void writeToEach() {
        try (Producer<String, byte[]> writer = kafka.producer()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                var _ = writer.send(new ProducerRecord<>(WIDE, partition, "ani", new byte[] {1}));
            }
        }
    }

    /** How many that reader brings. */
    private long seriesOf(Consumer<String, byte[]> reader, int partitions) {
        reader.assign(IntStream.range(0, partitions)
                .mapToObj(number -> new TopicPartition(WIDE, number))
                .toList());
        await().pollInSameThread().until(() -> {
            reader.poll(Duration.ofMillis(100));
            return reader.assignment().stream().allMatch(each -> reader.position(each) == 1);
        });
        String client = reader.metrics().keySet().iterator().next().tags().get("client-id");
        try (KafkaClientMetrics told = new KafkaClientMetrics(reader)) {
            told.bindTo(metrics);
            return metrics.getMeters().stream()
                    .filter(meter -> client.equals(meter.getId().getTag("client.id")))
                    .count();
        }
    }
}
