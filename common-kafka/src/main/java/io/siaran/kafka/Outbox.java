package io.siaran.kafka;

import io.siaran.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Where a transaction leaves what others must be told. What is appended and committed is published at least once, in the
 * order of its key; what is rolled back never is.
 */
@ApplicationScoped
public class Outbox {

    private static final String APPEND = "INSERT INTO outbox (topic, key, payload)"
            + " SELECT t, k, p FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS r (t, k, p, n) ORDER BY n";

    private static final String IS_WAITING = "SELECT 1 FROM outbox WHERE id = $1";
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final long LOOK_SELDOM_MILLIS = 100;

    private final OutboxRelay relay;
    private final Pool pool;
    private final Vertx vertx;

    Outbox(OutboxRelay relay, Pool pool, Vertx vertx) {
        this.relay = relay;
        this.pool = pool;
        this.vertx = vertx;
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

    /**
     * For a caller whose answer promises that others are told: true once Kafka has acknowledged this row, whichever replica
     * relays; false when it has not after so long, and then it is published later. To be asked after the commit, with the id
     * of {@link SessionOutbox#lastId}. Waits without a thread, and goes on where it was asked.
     */
    public Uni<Boolean> published(long id, Duration atMost) {
        wake();
        return published(id, System.nanoTime() + atMost.toNanos(), LOOK_AGAIN_MILLIS);
    }

    private Uni<Boolean> published(long id, long deadline, long pauseMillis) {
        return pool.preparedQuery(IS_WAITING).execute(Tuple.of(id)).chain(waiting -> {
            boolean gone = waiting.rowCount() == 0;
            return gone || System.nanoTime() - deadline > 0
                    ? Uni.createFrom().item(gone)
                    : pause(pauseMillis)
                            .chain(() -> published(
                                    id, deadline, Math.min(pauseMillis + pauseMillis / 2, LOOK_SELDOM_MILLIS)));
        });
    }

    private Uni<Void> pause(long millis) {
        return Uni.createFrom().emitter(timer -> vertx.setTimer(millis, _ -> timer.complete(null)));
    }
}
