package io.siaran.bench;

import io.siaran.localstack.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A packaged service as a process of its own, as operations run it; its output goes to a log file. */
public final class PackagedService implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private PackagedService(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    /**
     * Starts a service and returns when it is ready.
     *
     * @param module e.g. {@code dispatch-service}
     * @param directory where it works, and where its log {@code <module>-<port>.log} is
     * @param jvm options of its JVM, e.g. {@code -Xmx512m}
     */
    public static PackagedService start(
            String module, int port, Path directory, List<String> jvm, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("siaran.repository", "."), module, "target/quarkus-app/quarkus-run.jar");
        Path log = Files.createDirectories(directory).resolve(module + "-" + port + ".log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Duser.timezone=UTC"));
        command.addAll(jvm);
        command.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("SIARAN_HTTP_PORT", Integer.toString(port));
        int managementPort = Ports.free(1).getFirst();
        builder.environment().put("SIARAN_MANAGEMENT_PORT", Integer.toString(managementPort));
        builder.environment().put("SIARAN_HTTP_HOST", "127.0.0.1");
        PackagedService service = new PackagedService(builder.start(), port, managementPort, log);
        service.awaitReady();
        return service;
    }

    private void awaitReady() throws InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                close();
                throw new IllegalStateException("did not become ready; its log is " + log);
            }
            Thread.sleep(100);
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return ask(managementPort, "/q/health/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Answers what the service answers to a GET of this path. */
    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return ask(port, path);
    }

    /** Its metrics, as Prometheus reads them. */
    public String metrics() throws IOException, InterruptedException {
        return ask(managementPort, "/q/metrics").body();
    }

    private static HttpResponse<String> ask(int port, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public int port() {
        return port;
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends it as a machine that fails does (SIGKILL); returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("is still there 30 s after SIGKILL");
        }
    }

    /** Ends it as operations do, and by force after 30 s. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
