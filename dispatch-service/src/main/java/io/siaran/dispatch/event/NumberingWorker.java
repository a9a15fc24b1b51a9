package io.siaran.dispatch.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Numbers events as they come: looks several times a second, which is one look at an empty index where nothing is new. */
@ApplicationScoped
class NumberingWorker {

    private static final Logger LOG = Logger.getLogger(NumberingWorker.class);

    private final NumberEvents events;
    private final EventConfig config;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private Thread thread;

    NumberingWorker(NumberEvents events, EventConfig config) {
        this.events = events;
        this.config = config;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            thread = Thread.ofVirtual().name("events").start(this::numberUntilStopped);
        }
    }

    void stop(@Observes ShutdownEvent stop) throws InterruptedException {
        stopping.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    /** Whatever fails is tried again at the next look: everything it needs stands in the database. */
    private void numberUntilStopped() {
        try {
            boolean stopped = false;
            while (!stopped) {
                boolean more = false;
                try {
                    more = events.number(config.batch()) == config.batch();
                } catch (RuntimeException | Error failure) {
                    LOG.warnf("events wait for their numbers, looks again in %s: %s", config.interval(), failure);
                }
                stopped = stopping.await(more ? 0 : config.interval().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
