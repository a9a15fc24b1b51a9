package io.siaran.dispatch.release;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.siaran.dispatch.queue.WorkSignal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Releases whenever it is woken, and every few seconds for what became due meanwhile. */
@ApplicationScoped
class ReleaseWorker {

    private static final Logger LOG = Logger.getLogger(ReleaseWorker.class);

    private final ReleaseDueMessages release;
    private final ReleaseConfig config;
    private final WorkSignal work;
    private volatile boolean stopped;
    private Thread thread;

    ReleaseWorker(ReleaseDueMessages release, ReleaseConfig config, WorkSignal work) {
        this.release = release;
        this.config = config;
        this.work = work;
    }

    void start(@Observes StartupEvent started) {
        if (config.enabled()) {
            thread = Thread.ofVirtual().name("release").start(this::releaseUntilStopped);
        }
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        stopped = true;
        work.ring();
        if (thread != null) {
            thread.join(Duration.ofSeconds(10));
        }
    }

    /** Whatever fails is tried again at the next look: everything it needs stands in the database. */
    private void releaseUntilStopped() {
        while (!stopped) {
            try {
                release.releaseAll();
            } catch (RuntimeException | Error failure) {
                LOG.warnf("release failed, looks again in %s: %s", config.interval(), failure.toString());
            }
            try {
                work.await(config.interval());
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
