package io.siaran.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.siaran.sql.Backoff;
import io.siaran.trace.MessageTraces;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
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
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

    private final Pool pool;
    private final OutboxConfig config;
    private final KafkaSettings kafka;
    private final ParkedRecords parked;
    private final MessageTraces traces;
    private final MeterRegistry metrics;
    private final String service;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private int failures;
    private Thread thread;

    OutboxRelay(
            Pool pool,
            OutboxConfig config,
            KafkaSettings kafka,
            ParkedRecords parked,
            MessageTraces traces,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.pool = pool;
        this.config = config;
        this.kafka = kafka;
        this.parked = parked;
        this.traces = traces;
        this.metrics = metrics;
        this.service = service;
        // Also of a replica whose relay never gets its turn.
        var _ = OutboxBatches.published(metrics);
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
    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 100) ShutdownEvent event)
            throws InterruptedException {
        stopping.countDown();
        wakeUps.release();
        thread.join(Duration.ofSeconds(10));
    }

    private void relayUntilStopped() {
        while (!isStopping()) {
            try {
                takeATurn();
            } catch (RuntimeException | Error failure) {
                // An error as well: without a relay the service would seem well and tell nobody anything.
                if (isStopping()) {
                    return;
                }
                Duration pause = BACKOFF.pause(failures++);
                LOG.warnf("outbox relay pauses for %s: %s", pause, failure.toString());
                standBy(pause);
            }
        }
    }

    /** Holds one connection until it stops or fails; returns early when another relay is the active one. */
    private void takeATurn() {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            if (!becomeActive(connection)) {
                standBy(config.standbyInterval());
                return;
            }
            LOG.debugf("outbox relay of %s is active", service);
            try (OutboxBatches batches = new OutboxBatches(
                    connection, kafka.transactionalProducer("outbox-" + service), parked, traces, metrics)) {
                batches.fenceOthers();
                relayBatches(batches);
            } finally {
                // The pool may lend the connection on: the lock must not travel with it.
                // Waits as long as it takes: a socket to a silent server is closed, and then the lock is gone too.
                connection
                        .query("SELECT pg_advisory_unlock_all()")
                        .execute()
                        .await()
                        .indefinitely();
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
            failures = 0;
            if (published == 0 && isStopping()) {
                return;
            }
            if (published < config.batchSize() && !isStopping()) {
                rest(config.pollInterval());
            }
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /** Until somebody wakes it, at most so long. */
    private void rest(Duration atMost) {
        try {
            if (wakeUps.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException ending) {
            end();
        }
    }

    /** For so long, whoever commits meanwhile: a relay that cannot publish is not to ask again at every commit. */
    private void standBy(Duration time) {
        try {
            stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            end();
        }
    }

    private void end() {
        stopping.countDown();
        Thread.currentThread().interrupt();
    }
}
