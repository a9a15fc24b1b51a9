package io.siaran.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.LocalStack;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Prometheus of Debian's that scrapes a stack, as docs/operations.md configures it, only more often. */
final class LocalPrometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private LocalPrometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static LocalPrometheus scraping(LocalStack stack, Path directory) throws IOException {
        StringBuilder config = new StringBuilder("global: {scrape_interval: 2s}\nscrape_configs:\n"
                + "  - job_name: siaran\n    metrics_path: /q/metrics\n    static_configs:\n");
        for (Service service : Service.values()) {
            String target = stack.managementUrl(service).replace("http://", "");
            config.append("      - {targets: ['%s'], labels: {service: %s}}%n".formatted(target, service.shortName()));
        }
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
        int port = Ports.free(1).getFirst();
        Process process = new ProcessBuilder(
                        "/usr/bin/prometheus",
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new LocalPrometheus(process, port);
    }

    /** What it answers now; empty as well while it does not answer yet. */
    JsonNode query(String expression) throws InterruptedException {
        String query = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/query?query=" + query))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 400) {
                throw new AssertionError(expression + ": " + answer.body());
            }
            return JSON.readTree(answer.body()).at("/data/result");
        } catch (IOException notYet) {
            return JSON.createArrayNode();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
