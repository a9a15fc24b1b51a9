package io.siaran.gateway.linking;

import io.siaran.gateway.registration.DeviceChecks.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Collects what was observed and writes it in batches: the first at once, since somebody may wait for it, what comes within
 * a tenth of a second after it together. What could not be written is dropped: the next check finds it as well.
 */
final class Observations {

    private static final Logger LOG = Logger.getLogger(Observations.class);

    /** At most ten batches a second, however many devices there are. */
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private static final int LARGEST_BATCH = 1_000;

    private final Consumer<Collection<Observation>> write;
    private final Executor threads;
    private final List<Observation> waiting = new ArrayList<>();
    private boolean writing;

    Observations(Consumer<Collection<Observation>> write, Executor threads) {
        this.write = write;
        this.threads = threads;
    }

    void add(Observation observation) {
        synchronized (this) {
            waiting.add(observation);
            if (writing) {
                return;
            }
            writing = true;
        }
        threads.execute(this::writeAll);
    }

    private void writeAll() {
        List<Observation> batch = next();
        while (!batch.isEmpty()) {
            write(batch);
            pause();
            batch = next();
        }
    }

    /** Empty, and nobody is writing any more, where nothing waits. */
    private synchronized List<Observation> next() {
        List<Observation> head = waiting.subList(0, Math.min(waiting.size(), LARGEST_BATCH));
        List<Observation> batch = List.copyOf(head);
        head.clear();
        writing = !batch.isEmpty();
        return batch;
    }

    private void write(List<Observation> batch) {
        try {
            write.accept(batch);
        } catch (RuntimeException failure) {
            LOG.warnf(failure, "what was observed of devices was not written devices=%d", batch.size());
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
