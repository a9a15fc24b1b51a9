package io.siaran.dispatch.release;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.siaran.dispatch.queue.DeviceQueue;
import io.siaran.dispatch.queue.DeviceQueue.Released;
import io.siaran.dispatch.queue.ReleaseTerms;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Releases what is due, in batches of devices, until nothing is. Any number of them may run at once. A device whose next
 * messages the database refuses to release waits for a minute, and no other waits with it.
 */
@ApplicationScoped
class ReleaseDueMessages {

    private final Database database;
    private final DeviceQueue devices;
    private final Outbox outbox;
    private final SetAside setAside;
    private final ReleaseTerms terms;
    private final Timer batches;

    ReleaseDueMessages(
            Database database,
            DeviceQueue devices,
            Outbox outbox,
            SetAside setAside,
            ReleaseConfig config,
            MeterRegistry metrics) {
        this.database = database;
        this.devices = devices;
        this.outbox = outbox;
        this.setAside = setAside;
        this.terms = config.terms();
        this.batches = Timer.builder("siaran.release.batch")
                .description("one transaction of the release: lease devices, release, recompute their hints")
                .publishPercentileHistogram()
                .register(metrics);
    }

    /** Makes this bean, and with it the series, at the start. */
    void exist(@Observes StartupEvent started) {}

    /** Answers how many messages were released. */
    int releaseAll() {
        AtomicInteger messages = new AtomicInteger();
        boolean more;
        do {
            AtomicInteger leased = new AtomicInteger();
            AtomicReference<DeviceId> tried = new AtomicReference<>();
            boolean whole = setAside.batch(
                    terms.devices(),
                    size -> {
                        Released released = release(size, tried);
                        leased.set(released.devices());
                        messages.addAndGet(released.messages());
                    },
                    refusal -> postpone(tried.get(), refusal));
            more = !whole || leased.get() == terms.devices();
        } while (more);
        return messages.get();
    }

    private Released release(int atMost, AtomicReference<DeviceId> tried) {
        tried.set(null);
        Released released = batches.record(
                () -> database.inTransaction(tx -> devices.release(tx, terms.withDevices(atMost), tried::set)));
        if (released.messages() > 0) {
            outbox.wake();
        }
        return released;
    }

    private void postpone(DeviceId device, PgException refusal) {
        if (device == null) {
            throw refusal;
        }
        if (database.inTransaction(tx -> devices.postpone(tx, device))) {
            setAside.tell("release", "device=" + device, refusal);
        }
    }
}
