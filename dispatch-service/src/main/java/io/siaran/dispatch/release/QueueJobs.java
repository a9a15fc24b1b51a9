package io.siaran.dispatch.release;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.quarkus.scheduler.Scheduler;
import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.OpenMessages;
import io.siaran.dispatch.queue.Reconciliation;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Outbox;
import io.siaran.rest.IdempotencyKeys;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/** What time does to the queue. Each job runs on every replica; claims are locks of rows, so they share the work. */
@ApplicationScoped
class QueueJobs {

    /** Small tables of which every row changes all the time. */
    private static final String VACUUM =
            "VACUUM (SKIP_LOCKED, TRUNCATE false) device_queue, status_deltas, new_events, webhook_lanes";

    private final OpenMessages messages;
    private final Reconciliation reconciliation;
    private final MessageStore store;
    private final ReleaseConfig config;
    private final Outbox outbox;
    private final WorkSignal work;
    private final IdempotencyKeys keys;
    private final Pool pool;
    private final Scheduler scheduler;

    QueueJobs(
            OpenMessages messages,
            Reconciliation reconciliation,
            MessageStore store,
            ReleaseConfig config,
            Outbox outbox,
            WorkSignal work,
            IdempotencyKeys keys,
            Pool pool,
            Scheduler scheduler) {
        this.messages = messages;
        this.reconciliation = reconciliation;
        this.store = store;
        this.config = config;
        this.outbox = outbox;
        this.work = work;
        this.keys = keys;
        this.pool = pool;
        this.scheduler = scheduler;
    }

    @Scheduled(every = "{siaran.release.recall-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void recall() {
        untilShort(batch -> messages.recall(batch, config.recallAgain()));
    }

    @Scheduled(every = "{siaran.release.expiry-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void expire() {
        untilShort(messages::expire);
    }

    @Scheduled(every = "{siaran.release.reconcile-interval}", concurrentExecution = ConcurrentExecution.SKIP)
    void reconcile() {
        boolean more;
        do {
            // Between the batches of a subject too: what came back waits for no campaign of a million.
            boolean returned = reconciliation.moveReturned(config.batch()) > 0;
            more = reconciliation.reconcile(config.batch());
            if (returned || more) {
                outbox.wake();
                work.ring();
            }
        } while (more);
    }

    /** PostgreSQL's own vacuum comes once a minute: by then every lease and every fold walks over what is dead since. */
    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void vacuum() {
        pool.query(VACUUM).execute().await().atMost(Duration.ofMinutes(1));
    }

    @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    void forgetWhatIsOver() {
        keys.purge(pool).await().indefinitely();
        store.forgetWithdrawals();
    }

    /** Before the pool closes, so that no job begins what it cannot do. */
    void stop(@Observes ShutdownEvent stopping) {
        if (scheduler.isStarted()) {
            scheduler.pause();
        }
    }

    private void untilShort(IntUnaryOperator batchOf) {
        int done;
        do {
            done = batchOf.applyAsInt(config.batch());
            if (done > 0) {
                outbox.wake();
            }
        } while (done == config.batch());
    }
}
