package io.siaran.dispatch.release;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.DeviceQueue.Released;
import io.siaran.dispatch.queue.ReleaseTerms;
import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Releases what is due, in batches of devices, until nothing is. Any number of them may run at once. */
@ApplicationScoped
class ReleaseDueMessages {

    private final Database database;
    private final DeviceQueue devices;
    private final Outbox outbox;
    private final ReleaseTerms terms;
    private final Timer batches;

    ReleaseDueMessages(
            Database database, DeviceQueue devices, Outbox outbox, ReleaseConfig config, MeterRegistry metrics) {
        this.database = database;
        this.devices = devices;
        this.outbox = outbox;
        this.terms = config.terms();
        this.batches = Timer.builder("siaran.release.batch")
                .description("one transaction of the release: lease devices, release, recompute their hints")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Answers how many messages were released. */
    int releaseAll() {
        int messages = 0;
        while (true) {
            Released released = batches.record(() -> database.inTransaction(tx -> devices.release(tx, terms)));
            if (released.messages() > 0) {
                outbox.wake();
            }
            messages += released.messages();
            if (released.devices() < terms.devices()) {
                return messages;
            }
        }
    }
}
