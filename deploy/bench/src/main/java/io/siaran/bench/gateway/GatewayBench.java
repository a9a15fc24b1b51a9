package io.siaran.bench.gateway;

import java.util.List;

/** {@code ./siaran bench gateway [--quick]}. */
public final class GatewayBench {

    private GatewayBench() {}

    public static void run(List<String> options) throws Exception {
        boolean quick = options.contains("--quick");
        Figures figures = new Figures();
        try (Site site = Site.open()) {
            Fleet fleet = new Fleet(site);
            new FullSpeed(site, fleet, quick ? 20 : 60).run(figures);
        } finally {
            figures.print();
        }
    }
}
