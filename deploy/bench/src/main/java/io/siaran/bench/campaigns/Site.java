package io.siaran.bench.campaigns;

import io.siaran.bench.ServiceSite;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Campaign-service with a heap of 256 MB. */
final class Site extends ServiceSite {

    private Site() throws SQLException, IOException, InterruptedException {
        // So that the wait for the next look does not hide what it costs.
        super(
                "campaign",
                // As its image has it (deploy/images).
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"),
                Map.of("SIARAN_FANOUT_DUE_INTERVAL", "100ms"));
    }

    static Site open() throws IOException, SQLException, InterruptedException {
        return new Site();
    }

    /** What the service's heap holds after its last collection, in MB, and at most; it has 256 MB. */
    double heapMegabytes() throws IOException, InterruptedException {
        return metrics()
                        .lines()
                        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum()
                / (1 << 20);
    }
}
