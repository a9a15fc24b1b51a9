package io.siaran.kafka;

import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Records that are put aside in the service's database so that the ones behind them go on ({@code parked_records}). Each is
 * counted ({@code siaran_records_parked_total}) and logged as an error, without its content. For threads that may wait.
 */
@ApplicationScoped
public class ParkedRecords {

    private static final Logger LOG = Logger.getLogger(ParkedRecords.class);

    private static final String PARK_IN = "INSERT INTO parked_records (direction, topic, key, payload, partition,"
            + " \"offset\", reason) VALUES ('in', $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    private static final String PARK_OUT =
            "INSERT INTO parked_records (direction, topic, key, payload, reason) VALUES ('out', $1, $2, $3, $4)";

    /** How many are read at once. */
    static final int PAGE = 500;

    /** After a minute nothing can come in before a record: an INSERT commits at once, or is broken off by then. */
    private static final String NEXT_IN = "SELECT id, key, payload, partition, \"offset\","
            + " parked_at < now() - interval '1 minute' AS settled FROM parked_records"
            + " WHERE direction = 'in' AND topic = $1 AND id > $2 ORDER BY id LIMIT " + PAGE;

    private static final String DONE =
            "DELETE FROM parked_records WHERE topic = $1 AND direction = 'in' AND id = ANY($2)";

    private final Database database;
    private final IntakeMetrics metrics;

    ParkedRecords(Database database, IntakeMetrics metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    /** What came in and says something that this version does not know. The same record is parked once. */
    public void park(ConsumerRecord<String, String> record, String reason) {
        boolean isNew = database.run(
                                PARK_IN,
                                record.topic(),
                                record.key(),
                                record.value(),
                                record.partition(),
                                record.offset(),
                                reason)
                        .rowCount()
                == 1;
        if (isNew) {
            tell("in", record.topic(), reason);
        }
    }

    /** What is to go out and is larger than Kafka takes. */
    void parkTooLarge(String topic, String key, String payload) {
        String reason = "larger than Kafka takes: " + payload.length() + " characters";
        database.run(PARK_OUT, topic, key, payload, reason);
        tell("out", topic, reason);
    }

    /** What came in on this topic and was parked behind this id, the oldest first; a whole {@link #PAGE} where there may be more. */
    List<Parked> next(String topic, long after) {
        List<Parked> parked = new ArrayList<>();
        for (Row row : database.run(NEXT_IN, topic, after)) {
            parked.add(new Parked(
                    row.getLong("id"),
                    row.getBoolean("settled"),
                    new ConsumerRecord<>(
                            topic,
                            row.getInteger("partition"),
                            row.getLong("offset"),
                            row.getString("key"),
                            row.getString("payload"))));
        }
        return parked;
    }

    void done(String topic, List<Parked> parked) {
        database.run(DONE, topic, parked.stream().map(Parked::id).toArray(Long[]::new));
    }

    void tell(String direction, String topic, String reason) {
        metrics.parked(direction, topic);
        LOG.errorf("record parked direction=%s topic=%s reason=%s", direction, topic, reason);
    }

    /**
     * One that came in.
     *
     * @param isSettled by the database's clock it was parked so long ago that none with a lower id can come to be seen any more
     */
    record Parked(long id, boolean isSettled, ConsumerRecord<String, String> record) {}
}
