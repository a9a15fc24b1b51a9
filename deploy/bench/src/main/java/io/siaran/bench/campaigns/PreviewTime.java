package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import java.net.http.HttpRequest.BodyPublishers;

/** The preview of a campaign for nine leads in ten, duplicates judged; and of a text that may be too long for Wablas. */
final class PreviewTime {

    private static final double BAR_SECONDS = 3;
    private static final int RUNS = 5;

    /** Too long for a name of 60 characters, which a lead may have. */
    private static final int LONG = 950;

    private final Site site;
    private final Leads leads;

    PreviewTime(Site site, Leads leads) {
        this.site = site;
        this.leads = leads;
    }

    void measure(Report report) throws Exception {
        measure(report, "preview", Campaigns.body(Leads.MOST, "once"));
        measure(
                report,
                "preview of a long text",
                Campaigns.body(Leads.MOST, "once").replace("today only!", "today only!" + "!".repeat(LONG)));
    }

    private void measure(Report report, String what, String body) throws Exception {
        double slowest = 0;
        for (int run = 0; run <= RUNS; run++) {
            long from = System.nanoTime();
            site.post("/api/v1/campaigns/preview", "application/json", BodyPublishers.ofString(body));
            double seconds = (System.nanoTime() - from) / 1e9;
            System.out.printf("%s: %.2f s%n", what, seconds);
            // The first one reads what was written a moment ago.
            slowest = run == 0 ? 0 : Math.max(slowest, seconds);
        }
        report.atMost(
                BAR_SECONDS,
                "%s, %,d leads".formatted(what, leads.number()),
                "%.2f s, the slowest of %d".formatted(slowest, RUNS),
                "seconds",
                slowest);
    }
}
