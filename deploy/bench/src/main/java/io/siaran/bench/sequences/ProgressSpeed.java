package io.siaran.bench.sequences;

import io.siaran.bench.queue.Report;
import io.siaran.model.ContactId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Outcomes of first steps, each of which moves a walk on to its second. */
final class ProgressSpeed {

    private static final double BAR = 5_000;

    private final Site site;
    private final String sequence;

    ProgressSpeed(Site site, String sequence) {
        this.site = site;
        this.sequence = sequence;
    }

    /** A sixth of the events makes the service warm: its own code for outcomes has not run before. That speed is told beside. */
    void measure(Report report, int events) throws Exception {
        double cold = speed(events / 6);
        int measured = events - events / 6;
        double speed = speed(measured);
        report.atLeast(
                1,
                "%,d outcomes that move walks on".formatted(measured),
                "%,.0f events/s".formatted(speed),
                "bar %,.0f events/s; the first %,d at %,.0f".formatted(BAR, events / 6, cold),
                speed / BAR);
    }

    /** Outcomes a second, from the first that is told to the last that is noted. */
    private double speed(int events) throws Exception {
        site.sql("""
                UPDATE sequence_contacts SET fired_at = clock_timestamp(), processing_device_id = device_id
                WHERE id IN (SELECT id FROM sequence_contacts
                  WHERE sequence_id = '%s' AND status = 'active' AND current_step = 1 LIMIT %d)
                """.formatted(sequence, events), "VACUUM ANALYZE sequence_contacts", "CHECKPOINT");
        List<MessageStatus> outcomes = outcomes();
        long from = System.nanoTime();
        tell(outcomes);
        // One probe of a small index: to count what is noted is to read it, ten times a second.
        Site.until(
                "every outcome is noted",
                () -> site.sql("SELECT count(*) FROM (SELECT FROM sequence_contacts"
                                + " WHERE status = 'active' AND fired_at IS NOT NULL LIMIT 1) waiting")
                        == 0);
        return outcomes.size() / ((System.nanoTime() - from) / 1e9);
    }

    private List<MessageStatus> outcomes() throws Exception {
        List<MessageStatus> outcomes = new ArrayList<>();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        try (Connection connection = site.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, message_id, device_id, lead_id, step_id FROM sequence_contacts"
                                + " WHERE sequence_id = '" + sequence
                                + "' AND status = 'active' AND fired_at IS NOT NULL")) {
            while (rows.next()) {
                outcomes.add(new MessageStatus(
                        new MessageId(rows.getObject("message_id", UUID.class)),
                        2,
                        MessageState.SENT,
                        MessageKind.STEP,
                        new UserId(Site.USER),
                        new DeviceId(rows.getObject("device_id", UUID.class)),
                        new LeadId(rows.getObject("lead_id", UUID.class)),
                        null,
                        0,
                        new SequenceId(UUID.fromString(sequence)),
                        new StepId(rows.getObject("step_id", UUID.class)),
                        new ContactId(rows.getObject("id", UUID.class)),
                        1,
                        0,
                        null,
                        at,
                        null,
                        null,
                        false,
                        at));
            }
        }
        return outcomes;
    }

    private void tell(List<MessageStatus> outcomes) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", site.kafka(), "compression.type", "lz4", "linger.ms", "5", "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (MessageStatus outcome : outcomes) {
                var unused = producer.send(new ProducerRecord<>(
                        Topic.MESSAGE_STATUS.topicName(), outcome.deviceId().toString(), Json.write(outcome)));
            }
            producer.flush();
        }
    }
}
