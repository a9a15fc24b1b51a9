package io.siaran.kafka;

import io.siaran.model.Topic;
import io.siaran.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Where a transaction leaves what others must be told. What is appended and committed is published at least once, in the
 * order of its key; what is rolled back never is.
 */
@ApplicationScoped
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);

    private static final String APPEND = "INSERT INTO outbox (topic, key, payload)"
            + " SELECT t, k, p FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS r (t, k, p, n) ORDER BY n";

    /**
     * The newest row of a key, 0 when none waits. Nobody looks for a key otherwise, so there is no index of them: this reads
     * all that waits, which is little unless the relay is behind. The oldest row says so first, and then it is not read ($3).
     */
    private static final String NEWEST_OF_KEY = """
        SELECT CASE
          WHEN (SELECT created_at FROM outbox ORDER BY id LIMIT 1) < clock_timestamp() - make_interval(secs => $3) THEN -1
          ELSE (SELECT coalesce(max(id), 0) FROM outbox WHERE topic = $1 AND key = $2)
        END AS newest\
        """;

    private static final long BEHIND = -1;
    private static final String IS_WAITING = "SELECT 1 FROM outbox WHERE id = $1";
    private static final long LOOK_AGAIN_MILLIS = 50;
    private static final long LOOK_SELDOM_MILLIS = 500;

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
     * For a caller whose answer promises that others are told: true once Kafka has acknowledged all that was committed under
     * this key, whichever replica relays. False when it has not after so long, and then it is published later; at once where
     * the relay is behind that long already, so that nobody asks in vain while Kafka is away; and when nobody can say, for what was
     * committed is so. To be asked after the commit. Never fails. Waits without a thread, and goes on where it was asked.
     */
    public Uni<Boolean> published(Topic topic, String key, Duration atMost) {
        wake();
        Uni<Boolean> gone =
                newest(topic, key, atMost).chain(id -> id == BEHIND ? answer(false) : gone(id, LOOK_AGAIN_MILLIS));
        // Whichever comes first: a statement may hang where a server went away.
        return Uni.combine()
                .any()
                .of(gone, pause(atMost).replaceWith(false))
                .onFailure()
                .invoke(failure -> LOG.warnf("whether %s of %s is published is not known: %s", key, topic, failure))
                .onFailure()
                .recoverWithItem(false);
    }

    private Uni<Long> newest(Topic topic, String key, Duration atMost) {
        return pool.preparedQuery(NEWEST_OF_KEY)
                .execute(Tuple.of(topic.topicName(), key, atMost.toMillis() / 1000.0))
                .map(rows -> rows.iterator().next().getLong("newest"));
    }

    private Uni<Boolean> gone(long id, long pauseMillis) {
        return pool.preparedQuery(IS_WAITING)
                .execute(Tuple.of(id))
                .chain(waiting -> waiting.rowCount() == 0
                        ? answer(true)
                        : pause(Duration.ofMillis(pauseMillis))
                                .chain(() -> gone(id, Math.min(pauseMillis + pauseMillis / 2, LOOK_SELDOM_MILLIS))));
    }

    private static Uni<Boolean> answer(boolean published) {
        return Uni.createFrom().item(published);
    }

    /** Forgets its timer when nobody waits for it any more. */
    private Uni<Void> pause(Duration time) {
        return Uni.createFrom().emitter(timer -> {
            long id = vertx.setTimer(time.toMillis(), _ -> timer.complete(null));
            timer.onTermination(() -> vertx.cancelTimer(id));
        });
    }
}
