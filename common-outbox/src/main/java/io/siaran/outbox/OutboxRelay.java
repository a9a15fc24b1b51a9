package io.siaran.outbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Publishes the outbox: one active relay a service, in order of id, deleting only what Kafka has acknowledged.
 *
 * <p>The active relay is the one whose connection holds the advisory lock; every statement goes over that connection, so
 * a relay that lost the lock can no longer read or delete. One that is only slow is fenced by the service's fixed
 * {@code transactional.id}: its successor's first act makes its further commits fail. A crash between the acknowledgement
 * and the delete publishes again, which consumers are idempotent on.
 *
 * <p>Woken in process rather than by NOTIFY, and else looks every 50 ms: a NOTIFY makes every commit of the database
 * queue for one lock (docs/adr/0002-the-outbox-is-polled-not-notified.md).
 */
@ApplicationScoped
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final Pool pool;
    private final OutboxConfig config;
    private final KafkaSettings kafka;
    private final MeterRegistry metrics;
    private final String service;
    private final Semaphore wakeUps = new Semaphore(0);
    private volatile boolean stopped;
    private Thread thread;

    OutboxRelay(
            Pool pool,
            OutboxConfig config,
            KafkaSettings kafka,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.pool = pool;
        this.config = config;
        this.kafka = kafka;
        this.metrics = metrics;
        this.service = service;
    }

    void wake() {
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofVirtual().name("outbox-relay").start(this::relayUntilStopped);
    }

    /** After the service's own shutdown steps, so that what they announce still leaves. */
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 100) ShutdownEvent stopping)
            throws InterruptedException {
        stopped = true;
        wakeUps.release();
        thread.join(Duration.ofSeconds(10));
    }

    private void relayUntilStopped() {
        Duration pause = Duration.ofMillis(100);
        while (!stopped) {
            try {
                takeATurn();
                pause = Duration.ofMillis(100);
            } catch (RuntimeException failure) {
                if (stopped) {
                    return;
                }
                LOG.warnf("outbox relay pauses for %s: %s", pause, failure.toString());
                rest(pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** Holds one connection until it stops or fails; returns early when another relay is the active one. */
    private void takeATurn() {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            if (!becomeActive(connection)) {
                rest(config.standbyInterval());
                return;
            }
            LOG.debugf("outbox relay of %s is active", service);
            try (OutboxBatches batches =
                    new OutboxBatches(connection, kafka.transactionalProducer("outbox-" + service), metrics)) {
                relayBatches(batches);
            } finally {
                // The pool may lend the connection on: the lock must not travel with it.
                connection
                        .query("SELECT pg_advisory_unlock_all()")
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(5));
            }
        } finally {
            connection.close().await().indefinitely();
        }
    }

    private boolean becomeActive(SqlConnection connection) {
        return connection
                .query("SELECT pg_try_advisory_lock(hashtext('siaran-outbox-relay')::bigint) AS active")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBoolean("active");
    }

    /** Empties what is there even when stopping, so that a service that ends well leaves nothing untold. */
    private void relayBatches(OutboxBatches batches) {
        while (true) {
            int published = batches.publishNext(config.batchSize());
            if (published == 0 && stopped) {
                return;
            }
            if (published < config.batchSize() && !stopped) {
                rest(config.pollInterval());
            }
        }
    }

    private void rest(Duration atMost) {
        try {
            if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException ending) {
            stopped = true;
            Thread.currentThread().interrupt();
        }
    }
}
