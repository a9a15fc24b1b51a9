package io.siaran.kafka;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.siaran.trace.MessageTraces;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** The active relay's work: the oldest rows of the outbox into one Kafka transaction, then out of the table. */
final class OutboxBatches implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(OutboxBatches.class);

    /** O(batch): the primary key gives the oldest rows, however many wait behind them. */
    private static final String OLDEST = "SELECT id, topic, key, payload FROM outbox ORDER BY id LIMIT $1";

    private static final String DELETE = "DELETE FROM outbox WHERE id = ANY ($1::bigint[])";

    private static final String PARK = """
        WITH gone AS (DELETE FROM outbox WHERE id = $1 RETURNING topic, key, payload)
        INSERT INTO parked_records (direction, topic, key, payload, reason)
        SELECT 'out', topic, key, payload, $2 FROM gone\
        """;

    /**
     * Every look walks over the rows that were deleted since the last vacuum, and PostgreSQL's own comes once a minute: by
     * then they are hundreds of thousands, in hundreds of megabytes.
     */
    private static final String VACUUM = "VACUUM (SKIP_LOCKED, TRUNCATE false) outbox";

    /** A few megabytes, which stay in the processor's cache. */
    private static final int ROWS_BETWEEN_VACUUMS = 20_000;

    private final SqlConnection connection;
    private final Producer<String, String> producer;
    private final ParkedRecords parked;
    private final MessageTraces traces;
    private final Counter published;
    private final KafkaClientMetrics clientMetrics;
    private int deleted;

    OutboxBatches(
            SqlConnection connection,
            Producer<String, String> producer,
            ParkedRecords parked,
            MessageTraces traces,
            MeterRegistry metrics) {
        this.connection = connection;
        this.producer = producer;
        this.parked = parked;
        this.traces = traces;
        this.published = published(metrics);
        this.clientMetrics = new KafkaClientMetrics(producer);
        clientMetrics.bindTo(metrics);
    }

    static Counter published(MeterRegistry metrics) {
        return Counter.builder("siaran.outbox.published")
                .description("Records of the outbox that Kafka acknowledged")
                .register(metrics);
    }

    /**
     * Makes every further commit of an earlier relay fail. Not in the constructor: a producer that the broker did not
     * answer must be closed, or it would get its answer later and fence its successors.
     */
    void fenceOthers() {
        producer.initTransactions();
    }

    /** How many rows were published and deleted; 0 when the outbox is empty. */
    int publishNext(int atMost) {
        RowSet<Row> rows = run(OLDEST, Tuple.of(atMost));
        if (rows.rowCount() == 0) {
            return 0;
        }
        List<Row> batch = new ArrayList<>(rows.rowCount());
        rows.forEach(batch::add);
        if (!publish(batch)) {
            batch.forEach(this::publishOrPark);
        }
        vacuum(batch.size());
        return batch.size();
    }

    /** Whether Kafka took them all; false when one is larger than Kafka takes, and then it took none. */
    private boolean publish(List<Row> rows) {
        Instant begun = traces.now();
        producer.beginTransaction();
        try {
            rows.forEach(this::send);
            // Fails when any send failed; the whole batch then stays in the table and is published again.
            producer.commitTransaction();
        } catch (KafkaException failure) {
            if (!TooLarge.is(failure)) {
                throw failure;
            }
            producer.abortTransaction();
            return false;
        }
        run(DELETE, Tuple.of(rows.stream().map(row -> row.getLong("id")).toArray(Long[]::new)));
        published.increment(rows.size());
        trace(rows, begun);
        return true;
    }

    private void trace(List<Row> rows, Instant begun) {
        if (traces.isOn()) {
            rows.forEach(row -> traces.published(row.getString("topic"), row.getString("payload"), begun));
        }
    }

    /** A record that is too large is parked, and the ones behind it go on. */
    private void publishOrPark(Row row) {
        if (!publish(List.of(row))) {
            String reason =
                    "larger than Kafka takes: " + row.getString("payload").length() + " characters";
            run(PARK, Tuple.of(row.getLong("id"), reason));
            parked.tell("out", row.getString("topic"), reason);
        }
    }

    /** What the server breaks off, for its limit of time perhaps, is no reason to stop relaying: the next one goes on. */
    private void vacuum(int more) {
        deleted += more;
        if (deleted < ROWS_BETWEEN_VACUUMS) {
            return;
        }
        deleted = 0;
        try {
            run(VACUUM, Tuple.tuple());
        } catch (PgException refused) {
            LOG.infof("the outbox was not vacuumed: %s", refused.getMessage());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction reports the failure of any send
    private void send(Row row) {
        producer.send(new ProducerRecord<>(row.getString("topic"), row.getString("key"), row.getString("payload")));
    }

    private RowSet<Row> run(String sql, Tuple arguments) {
        return connection.preparedQuery(sql).execute(arguments).await().atMost(Duration.ofSeconds(30));
    }

    @Override
    public void close() {
        clientMetrics.close();
        // An open transaction is aborted by the successor's initTransactions; waiting for the broker helps nobody.
        producer.close(Duration.ofSeconds(2));
    }
}
