package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import java.time.Duration;
import java.util.List;

/** Lanes with all that dispatch puts in flight, and long pauses: what it costs to wait. */
final class ManyLanes {

    private static final int WAITING = 4;
    private static final int PAUSE_SECONDS = 3_000;
    private static final double MEMORY_BAR_MIB = 512;

    /** With 10,000 devices, each asked about every 30 s. */
    private static final double TRANSACTIONS_BAR = 100;

    private static final Duration MEASURED = Duration.ofSeconds(30);

    private final Site site;
    private final Fleet fleet;
    private final int size;

    ManyLanes(Site site, Fleet fleet, int size) {
        this.site = site;
        this.fleet = fleet;
        this.size = size;
    }

    void run(Figures figures) throws Exception {
        try (PackagedService gateway = site.gateway();
                Queue queue = new Queue(site.kafka(), () -> new DelayRange(PAUSE_SECONDS, PAUSE_SECONDS))) {
            List<DeviceId> devices = fleet.online(size, gateway);
            // Each device has just spoken: everything that comes now waits.
            site.sql("INSERT INTO device_pacing (device_id, busy_until) SELECT id, clock_timestamp() FROM devices"
                    + " ON CONFLICT (device_id) DO UPDATE SET busy_until = excluded.busy_until");
            queue.fill(devices, WAITING);
            Thread.sleep(Duration.ofSeconds(20));
            Duration processor = Usage.processor(gateway.process());
            long transactions = transactions();
            Thread.sleep(MEASURED);
            double transactionsASecond = (transactions() - transactions) / (double) MEASURED.toSeconds();
            double cores =
                    Usage.processor(gateway.process()).minus(processor).toMillis() / (double) MEASURED.toMillis();
            String lanes = "%,d lanes of %d that wait: ".formatted(lanes(gateway), WAITING);
            figures.note(
                    lanes + "memory of the gateway now, MiB", Figures.number(Usage.residentMiB(gateway.process())));
            figures.atMost("  the most that it was, MiB", Usage.mostResidentMiB(gateway.process()), MEMORY_BAR_MIB);
            figures.note("  processor while they wait (the checks of the devices go on), cores", Figures.number(cores));
            figures.atMost("  transactions of its database meanwhile, a second", transactionsASecond, TRANSACTIONS_BAR);
        }
    }

    /** A statement by itself is one; whoever measures it is one as well. */
    private long transactions() throws Exception {
        return site.sql("SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()");
    }

    private static long lanes(PackagedService gateway) throws Exception {
        return gateway.metrics()
                .lines()
                .filter(line -> line.startsWith("siaran_lanes"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst()
                .orElseThrow();
    }
}
