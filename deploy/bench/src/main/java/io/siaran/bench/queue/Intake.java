package io.siaran.bench.queue;

import io.siaran.model.BroadcastMessage;
import io.siaran.model.Json;
import io.siaran.model.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Messages from Kafka into the queue, beside COPY of the same rows into a plain table with the same indexes and checks. */
final class Intake {

    private static final String STORED = "SELECT coalesce(sum(pending), 0) FROM (SELECT pending FROM device_counts"
            + " UNION ALL SELECT pending FROM status_deltas) AS counted";

    /** What COPY may write: generated columns are left to the table, as the service leaves them. */
    private static final String COLUMNS = "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position)"
            + " FROM information_schema.columns WHERE table_name = 'broadcast_messages' AND is_generated = 'NEVER'";

    private final Arena arena;
    private final Connection connection;
    private final Rows rows;
    private final Fleet fleet = new Fleet();

    Intake(Arena arena, Connection connection) {
        this.arena = arena;
        this.connection = connection;
        this.rows = new Rows(connection);
    }

    void measure(Options options, Report report) throws Exception {
        List<Double> ours = new ArrayList<>();
        List<Double> copies = new ArrayList<>();
        takeIn(Math.min(100_000, options.messages()));
        for (int run = 0; run < options.runs(); run++) {
            ours.add(takeIn(options.messages()));
            System.out.printf("intake: %,.0f/s%n", ours.getLast());
            copies.add(copy(options.messages()));
            System.out.printf("COPY:   %,.0f/s%n", copies.getLast());
        }
        double reached = Figures.median(ours);
        double beside = Figures.median(copies);
        report.atLeast(
                0.4,
                "intake of %,d from Kafka".formatted(options.messages()),
                "%,.0f/s (%s)".formatted(reached, Figures.spread(ours)),
                "COPY %,.0f/s (%s)".formatted(beside, Figures.spread(copies)),
                reached / beside);
    }

    /** Messages a second. All of them stand in Kafka before the first may be stored: a lock on the table sees to that. */
    private double takeIn(int messages) throws Exception {
        rows.reset();
        try (Connection gate = arena.connect("dispatch")) {
            gate.setAutoCommit(false);
            new Rows(gate).execute("LOCK TABLE broadcast_messages IN SHARE MODE");
            publish(messages);
            gate.rollback();
        }
        return messages / Wait.until("all are stored", () -> rows.number(STORED) >= messages);
    }

    private void publish(int messages) {
        // Not due: only the intake is measured.
        Instant planned = Instant.now().plus(Duration.ofHours(1));
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", arena.kafka(), "compression.type", "lz4", "linger.ms", "5"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < messages; i++) {
                BroadcastMessage message = fleet.message(i % Fleet.DEVICES, planned);
                var unused = producer.send(new ProducerRecord<>(
                        Topic.BROADCAST_MESSAGES.topicName(), message.deviceId().toString(), Json.write(message)));
            }
        }
    }

    private double copy(int messages) throws SQLException, IOException {
        Path file = arena.directory().resolve("rows.copy");
        String columns = text(COLUMNS);
        CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
        try (OutputStream out = Files.newOutputStream(file)) {
            manager.copyOut("COPY (SELECT %s FROM broadcast_messages) TO STDOUT".formatted(columns), out);
        }
        rows.execute(
                "DROP TABLE IF EXISTS copied",
                "CREATE TABLE copied (LIKE broadcast_messages INCLUDING ALL)",
                "CHECKPOINT");
        long from = System.nanoTime();
        try (InputStream in = Files.newInputStream(file)) {
            manager.copyIn("COPY copied (%s) FROM STDIN".formatted(columns), in, 1 << 16);
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        rows.execute("DROP TABLE copied");
        Files.delete(file);
        return messages / seconds;
    }

    private String text(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
