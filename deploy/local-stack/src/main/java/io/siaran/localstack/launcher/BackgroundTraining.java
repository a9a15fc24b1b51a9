package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A {@link StartTraining} beside a stack that runs, some time after its start and in a process that gives way to every other:
 * the first start after a build waits for nothing, and those after it are quick.
 */
final class BackgroundTraining implements AutoCloseable {

    private static final int GRACE_SECONDS = 20;
    private static final List<String> GIVES_WAY = List.of("nice", "-n", "19");

    private final StackSettings settings;
    private final Consumer<String> progress;
    private final List<String> runner;
    private Process process;
    private boolean closed;

    /** Where there is nothing to learn, nothing happens, but for what a training before left that was killed: that is removed at once. */
    BackgroundTraining(StackSettings settings, Duration delay, Consumer<String> progress) {
        this(settings, delay, progress, GIVES_WAY);
    }

    /** @param runner the command that runs the process, or none */
    BackgroundTraining(StackSettings settings, Duration delay, Consumer<String> progress, List<String> runner) {
        this.settings = settings;
        this.progress = progress;
        this.runner = runner;
        StartTraining.removeAbandoned(settings.repository());
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::begin);
    }

    private synchronized void begin() {
        if (closed || StartTraining.missing(settings.repository()).isEmpty()) {
            return;
        }
        progress.accept("the JVM learns in the background how the services start (once a build)");
        try {
            Files.createDirectories(settings.logs());
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            Redirect.to(settings.logs().resolve("training.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var _ = process.onExit().thenAccept(this::ended);
    }

    private void ended(Process training) {
        if (training.exitValue() == 0) {
            progress.accept("learnt how the services start: next time they are ready sooner");
        }
    }

    /** As this JVM was started, in another home. */
    private List<String> command() {
        List<String> command = new ArrayList<>(runner);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Dsiaran."))
                .forEach(command::add);
        command.add("-Dsiaran.repository=" + settings.repository());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Launcher.class.getName(), "learn"));
        return command;
    }

    /** What is not through yet is given up. */
    @Override
    public synchronized void close() {
        closed = true;
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
