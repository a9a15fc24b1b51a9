package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the services tell of themselves, as Prometheus reads it, and what the dashboards make of it. */
@ExtendWith(PackagedStack.class)
class MetricsIT {

    /** A replica's series, whatever is sent: 10,000 devices and 64 partitions bring no more. */
    private static final int MOST_SERIES = 1_500;

    /** Whose owners write their help texts with what they count. */
    private static final String YET_TO_EXPLAIN =
            "# HELP siaran_(callback|breaker|check|receipt|repl|device_refusals|devices_|release_|bridge).*";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PackagedStack.Running siaran;
    private final HttpClient http = HttpClient.newHttpClient();

    MetricsIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void every_metric_of_ours_explains_itself_and_none_grows_with_what_is_sent() throws Exception {
        for (Service service : Service.values()) {
            List<String> lines = get(siaran.stack().managementUrl(service) + "/q/metrics")
                    .lines()
                    .toList();
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("# HELP siaran_") && !line.matches(YET_TO_EXPLAIN))
                    .as(service.module())
                    .isNotEmpty()
                    .allMatch(line -> line.matches("# HELP \\S+ \\S.*"));
            assertThat(lines)
                    .filteredOn(line -> !line.startsWith("#"))
                    .hasSizeLessThan(MOST_SERIES)
                    .noneMatch(line -> line.matches(".*[0-9a-f]{8}-[0-9a-f]{4}-.*"))
                    .noneMatch(line -> line.matches(".*partition=.*"));
        }
    }

    @Test
    void counters_that_alerts_look_at_are_there_before_their_first_event() throws Exception {
        assertThat(get(siaran.stack().managementUrl(Service.GATEWAY) + "/q/metrics"))
                .contains("siaran_calls_cut_total ", "siaran_pacing_violations_total ", "outcome=\"unknown\"");
        assertThat(get(siaran.stack().managementUrl(Service.DISPATCH) + "/q/metrics"))
                .contains("siaran_device_refused_total ", "siaran_counts_mismatch_total ", "siaran_device_held_total{")
                .contains("siaran_outbox_oldest_age_seconds ", "siaran_consumer_lag_records{topic=\"plans\"}")
                .contains("siaran_intake_stuck_seconds{topic=\"plans\"}", "siaran_dead_letters_total{topic=\"plans\"}");
    }

    /** On a real Prometheus that scrapes this stack. Debian: apt-get install prometheus. */
    @Test
    void no_panel_of_a_dashboard_is_empty(@TempDir Path directory) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prometheus")), "Prometheus is not installed");
        Shop shop = siaran.shop("kedai-metrics");
        shop.leads(5, "merah", shop.device("merah"), "metrics", "metrics_start");
        shop.triggeredCampaign("Metrics", "metrics", "For the dashboards");
        try (LocalPrometheus prometheus = LocalPrometheus.scraping(siaran.stack(), directory)) {
            List<String> queries = queries();
            assertThat(queries).hasSizeGreaterThan(40);
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> {
                        List<String> empty = new ArrayList<>();
                        for (String query : queries) {
                            if (prometheus
                                    .query(query.replace("$__rate_interval", "20s"))
                                    .isEmpty()) {
                                empty.add(query);
                            }
                        }
                        assertThat(empty).isEmpty();
                    });
        }
    }

    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(PackagedStack.REPOSITORY.resolve("deploy/helm/siaran/dashboards"))) {
            for (Path file : files.toList()) {
                for (JsonNode panel : JSON.readTree(file.toFile()).path("panels")) {
                    panel.path("targets")
                            .forEach(target -> queries.add(target.path("expr").asText()));
                }
            }
        }
        return queries;
    }

    private String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, BodyHandlers.ofString()).body();
    }
}
