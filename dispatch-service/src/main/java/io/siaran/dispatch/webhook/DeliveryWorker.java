package io.siaran.dispatch.webhook;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Delivers whenever it is woken, and several times a second for what became due meanwhile. */
@ApplicationScoped
class DeliveryWorker {

    private static final Logger LOG = Logger.getLogger(DeliveryWorker.class);

    private final DeliverDue due;
    private final DeliverySignal signal;
    private final WebhookConfig config;
    private volatile boolean stopped;
    private Thread deliveries;
    private Thread results;

    DeliveryWorker(DeliverDue due, DeliverySignal signal, WebhookConfig config) {
        this.due = due;
        this.signal = signal;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            results = Thread.ofVirtual().name("webhook-results").start(this::writeUntilStopped);
            deliveries = Thread.ofVirtual().name("webhook-deliveries").start(this::deliverUntilStopped);
        }
    }

    /** What is under way has its receiver's time to end; the rest another process claims. */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        stopped = true;
        signal.ring();
        if (deliveries != null) {
            deliveries.join(Duration.ofSeconds(5));
            long latest = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (due.isBusy() && System.nanoTime() < latest) {
                Thread.sleep(100);
            }
            results.interrupt();
            results.join(Duration.ofSeconds(5));
        }
    }

    /** Whatever fails is tried again at the next look: everything it needs stands in the database. */
    private void deliverUntilStopped() {
        while (!stopped) {
            boolean more = false;
            try {
                more = due.begin() > 0;
            } catch (RuntimeException | Error failure) {
                LOG.warnf("webhooks wait, looks again in %s: %s", config.interval(), failure);
            }
            try {
                signal.await(more ? Duration.ZERO : config.interval());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void writeUntilStopped() {
        try {
            while (true) {
                due.writeNext();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
