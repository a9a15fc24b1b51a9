package io.siaran.bench.campaigns;

import io.siaran.bench.queue.Report;
import io.siaran.bench.queue.Wait;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** A file of new leads, from the first byte to the last line, beside COPY of its rows into a table with the same indexes. */
final class ImportSpeed {

    private static final double BAR = 0.25;

    /** Nine million numbers from there on can exist; of those before it (60130…) none can, and an import refuses them. */
    private static final long FIRST_PHONE = 60_131_000_000L;

    private final Site site;
    private final Leads leads;

    ImportSpeed(Site site, Leads leads) {
        this.site = site;
        this.leads = leads;
    }

    void measure(Report report) throws Exception {
        Path file = file();
        long from = System.nanoTime();
        site.post("/api/v1/leads/import", "text/csv", BodyPublishers.ofFile(file));
        Wait.until("the import is done", () -> site.sql("SELECT count(*) FROM imports WHERE ended_at IS NULL") == 0);
        double seconds = (System.nanoTime() - from) / 1e9;
        if (site.sql("SELECT created FROM imports ORDER BY id DESC LIMIT 1") != leads.number()) {
            throw new IllegalStateException("the import did not create every lead");
        }
        double copy = copy();
        report.atLeast(
                BAR,
                "import of %,d lines".formatted(leads.number()),
                "%,.0f lines/s".formatted(leads.number() / seconds),
                "COPY %,.0f/s".formatted(leads.number() / copy),
                copy / seconds);
    }

    private Path file() throws IOException {
        Path file = site.home().resolve("leads.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("name,phone,niche,target_status,trigger,device_id\n");
            for (int i = 0; i < leads.number(); i++) {
                out.write("New %d,%d,imported,prospect,,01936f2e-0000-7000-8000-%012x%n"
                        .formatted(i, FIRST_PHONE + i, i % Leads.DEVICES));
            }
        }
        return file;
    }

    private double copy() throws SQLException, IOException {
        Path rows = site.home().resolve("leads.copy");
        try (Connection connection = site.connect();
                var statement = connection.createStatement()) {
            var manager = connection.unwrap(PGConnection.class).getCopyAPI();
            try (var out = Files.newOutputStream(rows)) {
                manager.copyOut("COPY (SELECT * FROM leads WHERE niche = 'imported') TO STDOUT", out);
            }
            statement.execute("CREATE TABLE copied (LIKE leads INCLUDING ALL)");
            // Into an index that is as large, as the import does.
            statement.execute("INSERT INTO copied SELECT * FROM leads WHERE niche <> 'imported'");
            statement.execute("CHECKPOINT");
            long from = System.nanoTime();
            try (InputStream in = Files.newInputStream(rows)) {
                manager.copyIn("COPY copied FROM STDIN", in, 1 << 16);
            }
            double seconds = (System.nanoTime() - from) / 1e9;
            statement.execute("DROP TABLE copied");
            Files.delete(rows);
            return seconds;
        }
    }
}
