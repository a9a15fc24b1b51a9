package io.siaran.e2e.gateway;

import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.ServiceJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged device-gateway, and what can happen to a process. */
final class GatewayProcess {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final int LAST_LINES = 60;

    private final Process process;
    private final Path log;
    private final int port;
    private final int managementPort;

    private GatewayProcess(Process process, Path log, int port, int managementPort) {
        this.process = process;
        this.log = log;
        this.port = port;
        this.managementPort = managementPort;
    }

    static GatewayProcess start(Path module, Path home, int port, Map<String, String> environment) throws IOException {
        Path jar = module.resolve("target/quarkus-app/quarkus-run.jar");
        List<String> command = new ArrayList<>(new ServiceJvm(jar).command());
        command.addAll(List.of("-jar", jar.toString()));
        Path log = home.resolve("gateway-" + port + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SIARAN_HTTP_PORT", Integer.toString(port));
        int managementPort = Ports.free(1).getFirst();
        builder.environment().put("SIARAN_MANAGEMENT_PORT", Integer.toString(managementPort));
        builder.environment().put("SIARAN_HTTP_HOST", "127.0.0.1");
        return new GatewayProcess(builder.start(), log, port, managementPort);
    }

    GatewayProcess awaitReady() {
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(this::isReady);
        return this;
    }

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the gateway on port " + port + " ended: " + lastWords());
        }
        try {
            return ask("/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How often its consumer of what it sends has been given partitions anew. */
    double rebalances() throws Exception {
        return ask("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("kafka_consumer_coordinator_rebalance_total{"))
                .filter(line -> line.contains("device-sends"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .max()
                .orElseThrow();
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + managementPort + path);
        return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** It stands still between two instructions, wherever it is. */
    void freeze() {
        signal("STOP");
    }

    /** It goes on as if no time had passed. */
    void wake() {
        signal("CONT");
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As an orchestrator ends it; answers how long that took. */
    Duration end() throws InterruptedException {
        long begun = System.nanoTime();
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            kill();
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
