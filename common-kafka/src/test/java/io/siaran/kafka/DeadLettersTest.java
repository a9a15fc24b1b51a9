package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeadLettersTest {

    private static final Topic TOPIC = Topic.SEQUENCE_EVENTS;

    @Inject
    RecordIntake intake;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void what_is_listed_is_redriven_once_as_it_was() {
        // Given
        run("redrive", TOPIC.topicName());
        String value = "{\"broken\": " + UUID.randomUUID();
        try (TopicReader back = new TopicReader(bootstrapServers, TOPIC)) {
            intake.putAside(TOPIC, record("ani", value), "no JSON");

            // When
            String listed = run("list");
            String redriven = run("redrive", TOPIC.topicName(), "--limit", "10");
            String again = run("redrive", TOPIC.deadLetters());

            // Then
            assertThat(listed).contains("sequence-events-dlq: 1 waiting").contains("1  no JSON");
            assertThat(redriven).contains("1 records are back");
            assertThat(again).contains("0 records are back");
            await().untilAsserted(() -> assertThat(back.soFar()).hasSize(1));
            ConsumerRecord<String, String> original = back.soFar().getFirst();
            assertThat(original.key()).isEqualTo("ani");
            assertThat(original.value()).isEqualTo(value);
            assertThat(original.headers()).extracting(header -> header.key()).containsExactly("trace");
            assertThat(run("list")).doesNotContain("sequence-events-dlq");
        }
    }

    @Test
    void the_limit_leaves_the_rest_for_the_next_call() {
        // Given
        run("redrive", TOPIC.topicName());
        for (int i = 0; i < 5; i++) {
            intake.putAside(TOPIC, record("ani", "{broken " + i), "no JSON");
        }

        // Then
        assertThat(run("redrive", TOPIC.topicName(), "--limit", "2"))
                .contains("2 records")
                .contains("call again");
        assertThat(run("list")).contains("sequence-events-dlq: 3 waiting");
        assertThat(run("redrive", TOPIC.topicName())).contains("3 records");
    }

    @Test
    void what_another_command_redrives_while_this_one_begins_is_not_redriven_again() {
        // Given
        run("redrive", TOPIC.topicName());
        List<String> other = new ArrayList<>();
        Runnable redriveToo = () -> other.add(run("redrive", TOPIC.topicName()));
        try (TopicReader back = new TopicReader(bootstrapServers, TOPIC);
                DeadLetterTopics topics = new DeadLetterTopics(Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "metric.reporters",
                        List.of(AsItsProducerIsMade.class),
                        AsItsProducerIsMade.WHAT,
                        redriveToo))) {
            intake.putAside(TOPIC, record("ani", "{broken"), "no JSON");

            // When
            RedrivenLetters redriven = topics.redrive(TOPIC.deadLetters(), 10);

            // Then
            assertThat(other).singleElement().asString().contains("1 records are back");
            assertThat(redriven.count()).isZero();
            intake.putAside(TOPIC, record("ani", "{the next"), "no JSON");
            run("redrive", TOPIC.topicName());
            await().untilAsserted(() ->
                    assertThat(back.soFar()).extracting(ConsumerRecord::value).contains("{the next"));
            assertThat(back.soFar()).extracting(ConsumerRecord::value).containsExactly("{broken", "{the next");
        }
    }

    @Test
    void a_record_that_is_too_large_as_a_dead_letter_does_not_stop_the_ones_behind_it() {
        // Given
        run("redrive", TOPIC.topicName());
        String large = new Random(1)
                .ints(1_100_000, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        // When
        intake.putAside(TOPIC, record("ani", large), "too long a key");

        // Then
        assertThat(run("list")).contains("1 waiting").contains("too long a key");
        assertThat(run("redrive", TOPIC.topicName()))
                .contains("0 records are back")
                .contains("not kept, too large for a dead letter: sequence-events partition 3 offset 17");
    }

    @Test
    void a_wrong_call_says_how_to_call() {
        assertThat(run("redrive")).contains("redrive needs a topic").contains("usage:");
        assertThat(run("redrive", "no-such-topic")).contains("no dead letters of a topic");
        assertThat(run("redrive", "plans", "--limit", "0")).contains("from 1 to");
        assertThat(run("empty")).contains("no command empty");
    }

    /** Does something at the moment in which a producer with transactions is made: Kafka makes one of this with each client. */
    public static final class AsItsProducerIsMade implements MetricsReporter {

        static final String WHAT = "as.its.producer.is.made";

        @Override
        public void configure(Map<String, ?> settings) {
            if (settings.containsKey("transactional.id")) {
                ((Runnable) settings.get(WHAT)).run();
            }
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {}
    }

    private String run(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] all = new String[arguments.length + 2];
        all[0] = "--kafka";
        all[1] = bootstrapServers;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        new DeadLetters(new PrintStream(said, true, StandardCharsets.UTF_8)).run(all);
        return said.toString(StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<String, String> record(String key, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("trace", new byte[] {1});
        return new ConsumerRecord<>(
                TOPIC.topicName(),
                3,
                17,
                0,
                TimestampType.CREATE_TIME,
                3,
                value.length(),
                key,
                value,
                headers,
                java.util.Optional.empty());
    }
}
