package io.siaran.kafka;

import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Where a transaction leaves what others must be told. What is appended and committed is published at least once, in the
 * order of its key; what is rolled back never is.
 */
@ApplicationScoped
public class Outbox {

    private static final String APPEND = "INSERT INTO outbox (topic, key, payload)"
            + " SELECT t, k, p FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS r (t, k, p, n) ORDER BY n";

    private final OutboxRelay relay;

    Outbox(OutboxRelay relay) {
        this.relay = relay;
    }

    /** Appends all of them in one statement. */
    public void append(Tx tx, List<OutboxRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        tx.run(
                APPEND,
                records.stream().map(a -> a.topic().topicName()).toArray(String[]::new),
                records.stream().map(OutboxRecord::key).toArray(String[]::new),
                records.stream().map(OutboxRecord::json).toArray(String[]::new));
    }

    /** Tells the relay of this process that something was committed, so that it need not wait for its next look. */
    public void wake() {
        relay.wake();
    }
}
