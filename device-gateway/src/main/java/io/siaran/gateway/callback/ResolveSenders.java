package io.siaran.gateway.callback;

import io.quarkus.scheduler.Scheduled;
import io.siaran.gateway.device.CallbackConfig;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.gateway.provider.LidLookup;
import io.siaran.gateway.provider.Providers;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeviceId;
import io.siaran.model.PhoneNumber;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Finds out who hides behind a LID: what was learnt meanwhile, else the platform is asked where it can tell. What stays unknown
 * stays kept: a receipt, or another message of the same person, may tell later.
 */
@ApplicationScoped
class ResolveSenders {

    private static final Logger LOG = Logger.getLogger(ResolveSenders.class);
    private static final String KNOWN = Sql.load(ResolveSenders.class, "resolve-known.sql");
    private static final String CLAIM = Sql.load(ResolveSenders.class, "claim-hidden.sql");
    private static final String LEARN = Sql.load(ResolveSenders.class, "learn-lid.sql");
    private static final int BATCH = 200;

    /** Questions to platforms at once. */
    private static final int QUESTIONS = 20;

    private record Hidden(DeviceId device, String lid) {}

    private final Database database;
    private final ConnectedDevices devices;
    private final Providers providers;
    private final Outbox outbox;
    private final SetAside setAside;
    private final Housekeeping housekeeping;
    private final CallbackMetrics metrics;
    private final int hours;

    ResolveSenders(
            Database database,
            ConnectedDevices devices,
            Providers providers,
            Outbox outbox,
            SetAside setAside,
            Housekeeping housekeeping,
            CallbackMetrics metrics,
            CallbackConfig config) {
        this.database = database;
        this.devices = devices;
        this.providers = providers;
        this.outbox = outbox;
        this.setAside = setAside;
        this.housekeeping = housekeeping;
        this.metrics = metrics;
        this.hours = Math.toIntExact(config.askForSender().toHours());
    }

    /** Publishes what is known by now; answers whether there may be more. Asks nobody. */
    boolean tellKnown() {
        return setAside.senders(BATCH, this::tell);
    }

    private int tell(UUID[] only) {
        int told = database.run(KNOWN, BATCH, only).rowCount();
        if (told > 0) {
            metrics.countReplies(told);
            outbox.wake();
        }
        return told;
    }

    /** A job of its own: receipts and replies do not wait for a platform that is slow to answer. */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void askForSenders() {
        housekeeping.run("asking who wrote", this::askForSome);
    }

    /** All at once, each a time-out at most; answers whether one was learnt, so that there may be more. */
    boolean askForSome() {
        Set<Hidden> hidden = new LinkedHashSet<>();
        for (Row row : database.run(CLAIM, QUESTIONS, hours)) {
            hidden.add(new Hidden(new DeviceId(row.getUUID("device_id")), row.getString("lid")));
        }
        AtomicBoolean learnt = new AtomicBoolean();
        // Threads of our own, not Quarkus': those hand the job's Vert.x context on to all of them.
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hidden.forEach(each -> threads.execute(() -> {
                if (ask(each)) {
                    learnt.set(true);
                }
            }));
        }
        return learnt.get();
    }

    private boolean ask(Hidden hidden) {
        try {
            Optional<PhoneNumber> phone = devices.get(hidden.device()).flatMap(device -> phone(device, hidden.lid()));
            phone.ifPresent(known -> database.run(LEARN, hidden.device().value(), hidden.lid(), known.digits()));
            return phone.isPresent();
        } catch (RuntimeException failure) {
            LOG.warnf("who wrote could not be asked device=%s: %s", hidden.device(), failure.toString());
            return false;
        }
    }

    private Optional<PhoneNumber> phone(ConnectedDevice device, String lid) {
        Optional<LidLookup> lookup = providers.of(device.platform()).lids();
        return lookup.isEmpty() || providers.forbidden(device).isPresent()
                ? Optional.empty()
                : lookup.get().phoneOf(device, lid);
    }
}
