package io.siaran.bench.sequences;

import io.siaran.bench.queue.Report;

/** Leads that enter a sequence of 30 steps, beside a bare INSERT … SELECT of the same rows into tables with the same indexes. */
final class EnrolSpeed {

    private static final double BAR = 0.5;
    private static final int STEPS = 30;

    private final Site site;
    private final int leads;
    private final String sequence;

    EnrolSpeed(Site site, int leads) throws Exception {
        this.site = site;
        this.leads = leads;
        Leads.clear(site);
        Leads.devices(site, false);
        Leads.carrying(site, "enrol", leads);
        this.sequence = site.sequence(Site.USER, "enrol", STEPS, "24");
    }

    String sequence() {
        return sequence;
    }

    void measure(Report report) throws Exception {
        site.become(Site.USER, sequence, "activate");
        double seconds = Site.until(
                "all have entered",
                () -> site.sql("SELECT count(*) FROM enrolments") >= leads
                        && site.sql("SELECT count(*) FROM lead_reviews") == 0);
        long rows = site.sql("SELECT count(*) FROM sequence_contacts");
        double bare = bare();
        System.out.printf("enrolled %,d: %,d rows in %.1f s, bare %.1f s%n", leads, rows, seconds, bare);
        report.atLeast(
                BAR,
                "%,d leads enter %d steps".formatted(leads, STEPS),
                "%,.0f rows/s".formatted(rows / seconds),
                "INSERT … SELECT %,.0f rows/s".formatted(rows / bare),
                bare / seconds);
    }

    private double bare() throws Exception {
        site.sql(
                "CREATE TABLE bare_enrolments (LIKE enrolments INCLUDING ALL)",
                "CREATE TABLE bare_contacts (LIKE sequence_contacts INCLUDING ALL)",
                "CHECKPOINT");
        long from = System.nanoTime();
        site.sql(
                "INSERT INTO bare_enrolments SELECT * FROM enrolments",
                "INSERT INTO bare_contacts SELECT * FROM sequence_contacts");
        double seconds = (System.nanoTime() - from) / 1e9;
        site.sql("DROP TABLE bare_enrolments", "DROP TABLE bare_contacts");
        return seconds;
    }
}
