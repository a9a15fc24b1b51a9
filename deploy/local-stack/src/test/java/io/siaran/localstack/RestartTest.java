package io.siaran.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.model.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    private static final List<Integer> PORTS = Ports.free(3);

    @TempDir
    Path home;

    @Test
    void postgres_keeps_what_was_committed_over_a_restart_on_the_same_directory() throws SQLException {
        // Given
        try (LocalPostgres postgres = postgres()) {
            postgres.createDatabases(List.of("campaign"));
            run(postgres, "CREATE TABLE leads (name text)");
            run(postgres, "INSERT INTO leads VALUES ('Ani')");
        }

        // When
        try (LocalPostgres postgres = postgres()) {
            postgres.createDatabases(List.of("campaign", "sequence"));

            // Then
            assertThat(ask(postgres, "SELECT name FROM leads")).isEqualTo("Ani");
        }
    }

    @Test
    void postgres_starts_over_the_directory_of_a_server_that_was_left_running() throws Exception {
        // Given
        LocalPostgres left = postgres();
        left.createDatabases(List.of("campaign"));
        run(left, "CREATE TABLE leads (name text)");
        ProcessIdentity postmaster = left.process();
        // The lock of a JVM that died; this one lives on, so it must let go of the file.
        Files.delete(home.resolve("postgres").resolve("epg-lock"));

        // When
        try (LocalPostgres postgres = postgres()) {

            // Then
            assertThat(postmaster.living()).isEmpty();
            assertThat(ask(postgres, "SELECT count(*)::text FROM leads")).isEqualTo("0");
        }
    }

    @Test
    void a_postmaster_file_of_a_reused_process_id_ends_nobody() throws Exception {
        // Given
        Path data = Files.createDirectories(home.resolve("postgres"));
        long innocent = ProcessHandle.current().pid();
        Files.writeString(data.resolve("postmaster.pid"), innocent + "\n" + data + "\n1000000000\n5432\n");

        // When
        PostmasterFile.of(data).endLeftover();

        // Then
        assertThat(data.resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void a_durable_postgres_waits_for_the_disk() throws SQLException {
        // When
        try (LocalPostgres postgres = postgres()) {
            postgres.createDatabases(List.of("campaign"));

            // Then
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(ask(postgres, "SHOW " + setting)).as(setting).isEqualTo("on");
            }
        }
    }

    @Test
    void kafka_keeps_its_records_over_a_restart_on_the_same_directory() throws Exception {
        // Given
        try (LocalKafka kafka = kafka()) {
            kafka.createTopics();
            publish(kafka, "Merah", "halo");
        }

        // When
        try (LocalKafka kafka = kafka()) {
            kafka.createTopics();

            // Then
            assertThat(read(kafka)).extracting(ConsumerRecord::value).containsExactly("halo");
        }
    }

    private LocalPostgres postgres() {
        return LocalPostgres.start(home.resolve("postgres"), PORTS.get(0), Durability.DURABLE);
    }

    private LocalKafka kafka() {
        return LocalKafka.start(home.resolve("kafka"), PORTS.get(1), PORTS.get(2));
    }

    private static void run(LocalPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.connect("campaign");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(LocalPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.connect("campaign");
                var statement = connection.createStatement();
                var answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void publish(LocalKafka kafka, String key, String value)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.address(), "compression.type", "lz4");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topic.DEVICE_SENDS.topicName(), 0, key, value))
                    .get();
        }
    }

    private static List<ConsumerRecord<String, String>> read(LocalKafka kafka) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", kafka.address());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(Topic.DEVICE_SENDS.topicName(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(10)).records(partition);
        }
    }
}
