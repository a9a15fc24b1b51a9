package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import java.net.http.HttpRequest.BodyPublishers;

/** The preview of a campaign for nine leads in ten, duplicates judged. */
final class PreviewTime {

    private static final double BAR_SECONDS = 3;
    private static final int RUNS = 5;

    private final Site site;
    private final Leads leads;

    PreviewTime(Site site, Leads leads) {
        this.site = site;
        this.leads = leads;
    }

    void measure(Report report) throws Exception {
        double slowest = 0;
        for (int run = 0; run <= RUNS; run++) {
            long from = System.nanoTime();
            site.post(
                    "/api/v1/campaigns/preview",
                    "application/json",
                    BodyPublishers.ofString(Campaigns.body(Leads.MOST, "once")));
            double seconds = (System.nanoTime() - from) / 1e9;
            System.out.printf("preview: %.2f s%n", seconds);
            // The first one reads what was written a moment ago.
            slowest = run == 0 ? 0 : Math.max(slowest, seconds);
        }
        report.atMost(
                BAR_SECONDS,
                "preview, %,d leads".formatted(leads.number()),
                "%.2f s, the slowest of %d".formatted(slowest, RUNS),
                "seconds",
                slowest);
    }
}
