package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.model.DelayRange;
import io.siaran.model.DeviceId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Without delays: how many messages a second pass, and what each costs. */
final class FullSpeed {

    private static final int DEVICES = 1_000;
    private static final int IN_FLIGHT = 4;
    /** Of the gateway's journal: what the bare transactions get as well. */
    private static final int CONNECTIONS = 12;

    private static final int CALLS_AT_ONCE = 64;

    private final Site site;
    private final Fleet fleet;
    private final int seconds;

    FullSpeed(Site site, Fleet fleet, int seconds) {
        this.site = site;
        this.fleet = fleet;
        this.seconds = seconds;
    }

    void run(Figures figures) throws Exception {
        double rate;
        List<DeviceId> devices;
        try (PackagedService gateway = site.gateway()) {
            devices = fleet.online(DEVICES, gateway);
            rate = messagesASecond(devices, gateway, figures);
        }
        compareWithTransactions(rate, devices.getFirst(), figures);
        double calls = new BareCalls(site).measure(CALLS_AT_ONCE, seconds / 3);
        figures.note("the same HTTP call in a bare loop, a second", Figures.number(calls));
        figures.note("ratio to the bare calls", Figures.number(rate / calls));
    }

    private double messagesASecond(List<DeviceId> devices, PackagedService gateway, Figures figures) throws Exception {
        try (Queue queue = new Queue(site.kafka(), () -> new DelayRange(0, 0))) {
            queue.fill(devices, IN_FLIGHT);
            Thread.sleep(Duration.ofSeconds(seconds));
            long messages = queue.accepted();
            long begun = System.nanoTime();
            Cost before = Cost.now(gateway, site);
            Thread.sleep(Duration.ofSeconds(seconds));
            messages = queue.accepted() - messages;
            double rate = messages / ((System.nanoTime() - begun) / 1e9);
            figures.atLeast("no delay: messages/s", rate, 2_000);
            Cost.now(gateway, site).minus(before).note(figures, messages);
            figures.note("  messages that were not accepted", Long.toString(queue.other()));
            queue.drain();
            return rate;
        }
    }

    /** Processor time of everybody who takes part. */
    private record Cost(Duration gateway, Duration postgres, Duration here) {

        static Cost now(PackagedService gateway, Site site) {
            return new Cost(
                    Usage.processor(gateway.process()),
                    Usage.processor(site.postmaster()),
                    ProcessHandle.current().info().totalCpuDuration().orElseThrow());
        }

        Cost minus(Cost before) {
            return new Cost(gateway.minus(before.gateway), postgres.minus(before.postgres), here.minus(before.here));
        }

        void note(Figures figures, long messages) {
            figures.note(
                    "  processor time a message, µs: gateway + PostgreSQL + Kafka, platform, dispatch",
                    String.format(
                            Locale.ROOT,
                            "%d + %d + %d",
                            gateway.toNanos() / 1_000 / messages,
                            postgres.toNanos() / 1_000 / messages,
                            here.toNanos() / 1_000 / messages));
        }
    }

    private void compareWithTransactions(double rate, DeviceId model, Figures figures) throws Exception {
        if (BareTurn.pgbench().isEmpty()) {
            figures.note("ratio to the turn's two transactions", "no pgbench on the PATH");
            return;
        }
        double turns = new BareTurn(site).measure(BareTurn.pgbench().get(), model, CONNECTIONS, seconds);
        figures.note("the turn's two transactions by pgbench, a second", Figures.number(turns));
        figures.atLeast("ratio to the two transactions", rate / turns, 0.25);
    }
}
