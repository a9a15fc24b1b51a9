package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.localstack.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prometheus itself: it asks the processes of a stack every second, and judges the rules of the alerts. */
final class Prometheus implements AutoCloseable {

    /** The rules that operators get. */
    static final Path RULES = PackagedStack.REPOSITORY.resolve("deploy/prometheus");

    private static final String FIRING = URLEncoder.encode("ALERTS{alertstate=\"firing\"}", StandardCharsets.UTF_8);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free(1).getFirst();
    private final Instant begun = Instant.now();
    private final Path settings;
    private final Path rules;
    private final Process process;

    /** @param targets where the metrics of each service are, as addresses with their path */
    Prometheus(Path directory, Map<String, List<URI>> targets) {
        this(directory, RULES, targets);
    }

    /** @param rules the folder of the rules */
    Prometheus(Path directory, Path rules, Map<String, List<URI>> targets) {
        this.settings = directory.resolve("prometheus.yml");
        this.rules = rules;
        try {
            Files.writeString(settings, settings(targets));
            process = new ProcessBuilder(
                            program().orElseThrow().toString(),
                            "--config.file=" + settings,
                            "--storage.tsdb.path=" + directory.resolve("prometheus"),
                            "--web.listen-address=127.0.0.1:" + port,
                            "--log.level=warn")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.to(directory.resolve("prometheus.log").toFile()))
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Where it is installed. Fails where {@code .ci/run} has provided it and it is not found, rather than have a test skipped. */
    static Optional<Path> program() {
        Optional<Path> program = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
        if (program.isEmpty() && "required".equals(System.getenv("SIARAN_PROMETHEUS"))) {
            throw new AssertionError("prometheus is to be there (SIARAN_PROMETHEUS=required) and is not");
        }
        return program;
    }

    /** As docs/operations.md says it, only quicker. */
    private String settings(Map<String, List<URI>> targets) {
        StringBuilder yaml = new StringBuilder("""
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s/*-alerts.yml']
                scrape_configs:
                """.formatted(rules));
        targets.forEach((service, addresses) -> yaml.append("""
                  - job_name: %s
                    metrics_path: %s
                    static_configs: [{targets: %s, labels: {service: %s}}]
                """.formatted(
                        service,
                        addresses.getFirst().getPath(),
                        Crm.json(addresses.stream().map(URI::getAuthority).toList()),
                        service)));
        return yaml.toString();
    }

    /** From now on it asks these. */
    void ask(Map<String, List<URI>> targets) {
        try {
            Files.writeString(settings, settings(targets));
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid())).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The alerts that fire now; one of a service is followed by {@code of} and its name. */
    Set<String> firing() {
        return names(get("/api/v1/query?query=" + FIRING));
    }

    /** Likewise those that have fired at any time since the start. */
    Set<String> everFired() {
        return names(get("/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
                .formatted(begun.getEpochSecond(), Instant.now().getEpochSecond(), FIRING)));
    }

    private static Set<String> names(JsonNode answer) {
        return Crm.each(answer.path("data").path("result"))
                .map(series -> series.path("metric"))
                .map(alert -> alert.path("alertname").asText()
                        + (alert.has("service") ? " of " + alert.path("service").asText() : ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether that query has had a number to show at any time since the start. */
    boolean shows(String query) {
        String path = "/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
                .formatted(
                        begun.getEpochSecond(),
                        Instant.now().getEpochSecond(),
                        URLEncoder.encode(query, StandardCharsets.UTF_8));
        for (JsonNode series : get(path).path("data").path("result")) {
            for (JsonNode value : series.path("values")) {
                if (!value.path(1).asText().equals("NaN")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The rules of the alerts and of the series that they rest on; each with what came of its last evaluation: ok, unknown or err. */
    Stream<JsonNode> rules() {
        return Crm.each(get("/api/v1/rules").path("data").path("groups"))
                .flatMap(group -> Crm.each(group.path("rules")));
    }

    private JsonNode get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return Crm.tree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
