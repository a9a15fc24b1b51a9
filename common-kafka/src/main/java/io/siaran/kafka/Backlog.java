package io.siaran.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import io.siaran.sql.OldestAge;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * How far this service is behind, for whoever watches: since when the oldest row of its outbox waits, and how many records of
 * each topic it has not taken yet. Looked at every {@link #INTERVAL}, by every replica alike; while Kafka is away the lag stands
 * still, and while the database is, the age grows on.
 */
@ApplicationScoped
class Backlog {

    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    /** O(1): the primary key gives the oldest row. */
    private static final String OLDEST =
            "SELECT (extract(epoch FROM clock_timestamp() - created_at) * 1000)::bigint AS age"
                    + " FROM outbox ORDER BY id LIMIT 1";

    private final Database database;
    private final ConsumerLag consumerLag;
    private final Map<Topic, String> groups;
    private final Map<Topic, Long> behind = new EnumMap<>(Topic.class);
    private final CountDownLatch stopping = new CountDownLatch(1);

    private final OldestAge oldest = new OldestAge();

    Backlog(Database database, ConsumerLag consumerLag, Config config, MeterRegistry metrics) {
        this.database = database;
        this.consumerLag = consumerLag;
        this.groups = IncomingTopics.groups(config);
        Gauge.builder("siaran.outbox.oldest.age", oldest, OldestAge::seconds)
                .baseUnit("seconds")
                .description("Age of the oldest record that this service has to tell and Kafka has not acknowledged;"
                        + " while it cannot ask its database, at least for how long")
                .register(metrics);
        groups.keySet()
                .forEach(topic -> Gauge.builder("siaran.consumer.lag", () -> behindOn(topic))
                        .baseUnit("records")
                        .tag("topic", topic.topicName())
                        .description(
                                "Records of the topic that this service has not taken yet, without the last of each"
                                        + " partition")
                        .register(metrics));
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("backlog").start(this::lookUntilStopped);
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    private void lookUntilStopped() {
        try {
            do {
                look();
            } while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    void look() {
        try {
            lookAtOutbox();
        } catch (RuntimeException away) {
            // Its age tells of it.
            oldest.isUnknown();
            LOG.debug("cannot look since when the outbox waits", away);
        }
        groups.forEach((topic, group) -> consumerLag.of(topic, group).ifPresent(lag -> note(topic, lag)));
    }

    private void lookAtOutbox() {
        Iterator<Row> rows = database.run(OLDEST).iterator();
        if (rows.hasNext()) {
            oldest.is(Duration.ofMillis(rows.next().getLong("age")));
        } else {
            oldest.isNone();
        }
    }

    private void note(Topic topic, long lag) {
        synchronized (behind) {
            behind.put(topic, lag);
        }
    }

    private double behindOn(Topic topic) {
        synchronized (behind) {
            return behind.getOrDefault(topic, 0L);
        }
    }
}
