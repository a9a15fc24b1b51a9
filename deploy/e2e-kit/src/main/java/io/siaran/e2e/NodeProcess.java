package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of the WhatsApp bridge, or of the fake behind it, that a test kills and starts again. */
final class NodeProcess implements AutoCloseable {

    private static final Path FOLDER = PackagedStack.REPOSITORY.resolve("whatsapp-bridge");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String script;
    private final Map<String, String> environment;
    private final String ready;
    private final Path log;
    private Process process;

    /** @param ready answers 200 when it works */
    NodeProcess(String script, Map<String, String> environment, String ready, Path log) {
        this.script = script;
        this.environment = environment;
        this.ready = ready;
        this.log = log;
    }

    /** The Node that npm brought for the bridge's own tests; empty where there is no npm, or it cannot install it. */
    static Optional<Path> node() {
        Path node = FOLDER.resolve("node_modules/.bin/node");
        if (!Files.isExecutable(node)) {
            run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        return Files.isExecutable(node) ? Optional.of(node) : Optional.empty();
    }

    private static void run(String... command) {
        try {
            Process npm = new ProcessBuilder(command)
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            if (!npm.waitFor(5, TimeUnit.MINUTES)) {
                npm.destroyForcibly();
            }
        } catch (IOException noNpm) {
            // Said by whoever asked.
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    void start() {
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            List.of(node().orElseThrow().toString(), script))
                    .directory(FOLDER.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void awaitReady() {
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> {
                    assertThat(process.isAlive())
                            .as("%s lives, see %s", script, log)
                            .isTrue();
                    assertThat(status()).isEqualTo(200);
                });
    }

    private int status() {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(ready)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** kill -9: nothing of it goes on, and nothing is said. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
