package io.siaran.dispatch.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Claims what is due, delivers it on a virtual thread each, and writes what became of it, many at once. What a process had under
 * way when it died is claimed again when its time is over: then an event comes twice, with the same id.
 */
@ApplicationScoped
class DeliverDue {

    private static final Logger LOG = Logger.getLogger(DeliverDue.class);

    /** As many rows as a statement takes in some milliseconds. */
    private static final int BATCH = 500;

    private final Lanes lanes;
    private final Deliver deliver;
    private final DeliverySignal signal;
    private final DeliveryMetrics metrics;
    private final InFlight inFlight;
    private final BlockingQueue<Result> done = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-", 0).factory());

    DeliverDue(Lanes lanes, Deliver deliver, DeliverySignal signal, WebhookConfig config, MeterRegistry registry) {
        this.lanes = lanes;
        this.deliver = deliver;
        this.signal = signal;
        this.inFlight = new InFlight(config.atOnce(), config.atOncePerWebhook());
        this.metrics = new DeliveryMetrics(registry, inFlight);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Begins what is due and has room; answers how many. */
    int begin() {
        InFlight.Room room = inFlight.room().atMost(BATCH);
        if (room.lanes() <= 0) {
            return 0;
        }
        List<Claim> claims = lanes.claim(room);
        claims.forEach(this::begin);
        return claims.size();
    }

    /** Whether anything is under way, or to be written. */
    boolean isBusy() {
        return inFlight.all() > 0;
    }

    /** Writes what became of those that ended; waits for the first of them. */
    void writeNext() throws InterruptedException {
        List<Result> results = new ArrayList<>(List.of(done.take()));
        done.drainTo(results, BATCH - 1);
        try {
            lanes.record(results);
            results.forEach(metrics::count);
        } catch (RuntimeException notWritten) {
            // They are claimed again when their time is over, and tried again.
            LOG.warnf("what became of %d deliveries is not written: %s", results.size(), notWritten);
        } finally {
            results.forEach(result -> inFlight.end(result.claim()));
            signal.ring();
        }
    }

    private void begin(Claim claim) {
        inFlight.begin(claim);
        threads.execute(() -> {
            try {
                done.add(deliver.deliver(claim));
            } catch (RuntimeException | Error bug) {
                LOG.errorf(bug, "a delivery could not be tried webhook=%s", claim.webhook());
                inFlight.end(claim);
            }
        });
    }
}
