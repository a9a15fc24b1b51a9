package io.siaran.e2e;

import static org.awaitility.Awaitility.await;

import io.siaran.localstack.launcher.Service;
import io.siaran.localstack.launcher.StackSettings;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./siaran}, run as an operator does, over a home and ports of its own. */
final class UpCommand implements AutoCloseable {

    private final Path directory = PackagedStack.temporaryHome();

    /** It makes this itself: a directory that holds anything else would be refused. */
    private final Path home = directory.resolve("home");

    private final StackSettings settings = StackSettings.onFreePorts(PackagedStack.REPOSITORY, home);
    private final Map<String, String> further = new HashMap<>(ShortLimits.ENVIRONMENT);
    private Process up;

    /** Gives the services this setting from the next start on. */
    UpCommand with(String setting, String value) {
        further.put(setting, value);
        return this;
    }

    /** Where its data is; PostgreSQL's in {@code postgres}, Kafka's in {@code kafka}. */
    Path home() {
        return home;
    }

    int postgresPort() {
        return settings.port(Place.POSTGRES);
    }

    /** Starts {@code up} and returns once it has said that it is ready. */
    void up() {
        Path output = directory.resolve("up.out");
        up = start(ProcessBuilder.Redirect.to(output.toFile()), "up", "--no-build");
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> Files.readString(output).contains("curl") || exited(output));
    }

    private boolean exited(Path output) throws IOException {
        if (!up.isAlive()) {
            throw new IllegalStateException("up ended: " + Files.readString(output));
        }
        return false;
    }

    /** As {@code kill -9} does; what it had started goes on without it. */
    void killUp() {
        up.destroyForcibly();
        up.onExit().join();
    }

    /** As Ctrl-C does; gives the exit within a minute. */
    int interruptUp() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(up.pid())).start().waitFor();
            if (!up.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("up did not end within a minute of Ctrl-C");
            }
            return up.exitValue();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ending);
        }
    }

    String baseUrl() {
        return "http://127.0.0.1:" + settings.port(Place.FRONT_DOOR);
    }

    String simulatorUrl() {
        return "http://127.0.0.1:" + settings.port(Place.SIMULATOR);
    }

    /** What that service stores, while PostgreSQL runs. */
    ServiceDatabase database(Service service) {
        return new ServiceDatabase(settings.databaseUrl(service));
    }

    /** What {@code ./siaran token} prints for an operator. */
    String token(String user) {
        return token(user, "operator");
    }

    /** What {@code ./siaran token} prints. */
    String token(String user, String role) {
        Process token = start(ProcessBuilder.Redirect.PIPE, "token", "--user", user, "--role", role);
        try {
            return new String(token.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** How many processes still carry this home in their command line, be it as a data folder or as a setting. */
    long processesLeft() {
        return ProcessHandle.allProcesses().filter(this::isOfThisHome).count();
    }

    private boolean isOfThisHome(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(home.toString());
    }

    private Process start(ProcessBuilder.Redirect output, String... words) {
        // A shell that runs a build in the background lets its children ignore SIGINT; a person's terminal does not.
        ProcessBuilder command = new ProcessBuilder(
                "env",
                "--default-signal=INT",
                PackagedStack.REPOSITORY.resolve("siaran").toString());
        command.command().addAll(List.of(words));
        command.environment().putAll(further);
        command.redirectError(directory.resolve("up.err").toFile());
        command.environment().put("SIARAN_HOME", home.toString());
        for (Place place : Place.values()) {
            String setting = place == Place.FRONT_DOOR ? "SIARAN_PORT" : "SIARAN_" + place + "_PORT";
            command.environment().put(setting, Integer.toString(settings.port(place)));
        }
        try {
            return command.redirectOutput(output).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Leaves nothing behind, whatever the test came to. */
    @Override
    public void close() {
        if (up != null && up.isAlive()) {
            up.destroy();
            up.onExit().completeOnTimeout(up, 60, TimeUnit.SECONDS).join();
        }
        ProcessHandle.allProcesses().filter(this::isOfThisHome).forEach(ProcessHandle::destroyForcibly);
        PackagedStack.delete(directory);
    }
}
