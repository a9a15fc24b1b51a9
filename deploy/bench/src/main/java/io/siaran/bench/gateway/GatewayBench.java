package io.siaran.bench.gateway;

import io.siaran.localstack.launcher.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code ./siaran bench gateway [--quick] [--minutes N] [--only speed|pace|lanes|outage|callbacks]}: quick is for whoever changes the gateway,
 * its figures are no measure of it.
 */
public final class GatewayBench {

    private GatewayBench() {}

    public static void run(List<String> options, Path log) throws Exception {
        Console.logTo(log);
        boolean quick = options.contains("--quick");
        Duration minutes = Duration.ofMinutes(Long.parseLong(value(options, "--minutes", quick ? "3" : "10")));
        String only = value(options, "--only", "");
        Figures figures = new Figures();
        try (Site site = Site.open()) {
            Fleet fleet = new Fleet(site);
            if (only.isEmpty() || only.equals("speed")) {
                new FullSpeed(site, fleet, quick ? 20 : 60).run(figures);
            }
            if (only.isEmpty() || only.equals("pace")) {
                new HumanPace(site, fleet, quick ? 1_000 : 3_000, minutes).run(figures);
            }
            if (only.isEmpty() || only.equals("lanes")) {
                new ManyLanes(site, fleet, quick ? 3_000 : 10_000).run(figures);
            }
            if (only.isEmpty() || only.equals("outage")) {
                new Outage(site, fleet, quick ? 300 : 3_000, minutes).run(figures);
            }
            if (only.isEmpty() || only.equals("callbacks")) {
                new Callbacks(
                                site,
                                fleet,
                                quick ? 1_000 : 3_000,
                                500,
                                quick ? Duration.ofSeconds(30) : Duration.ofMinutes(2))
                        .run(figures);
            }
        } finally {
            figures.print();
        }
    }

    private static String value(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : options.get(at + 1);
    }
}
