package io.siaran.localstack.launcher;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A Node program of this stack. It ends with its standard input, which this process holds: a launcher that is killed leaves
 * none behind.
 */
final class NodeProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final long AGAIN_MILLIS = 2_000;

    /** MiB of new objects before it looks which are of use: a program that mostly waits never needs the usual 16. */
    private static final String LITTLE_GARBAGE = "--max-semi-space-size=1";

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String name;
    private final Path folder;
    private final String script;
    private final Map<String, String> environment;
    private final Path log;
    private final Consumer<String> progress;
    private Process process;
    private boolean startsNoMore;
    private boolean closed;

    NodeProcess(
            String name,
            Path folder,
            String script,
            Map<String, String> environment,
            Path logs,
            Consumer<String> progress) {
        this.name = name;
        this.folder = folder;
        this.script = script;
        this.environment = environment;
        this.log = logs.resolve(name + ".log");
        this.progress = progress;
    }

    /** Starts it and returns when each of those addresses answers 200. */
    void start(List<String> ready) {
        run();
        Instant end = Instant.now().plus(START_LIMIT);
        for (String each : ready) {
            await(each, end);
        }
        progress.accept(name + " is ready");
    }

    private void await(String address, Instant end) {
        while (!answers(address)) {
            if (Instant.now().isAfter(end) || !isAlive()) {
                throw new StackRefused("%s does not start; its log is %s".formatted(name, log));
            }
        }
    }

    private synchronized void run() {
        if (closed || startsNoMore) {
            return;
        }
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(List.of(node(), LITTLE_GARBAGE, script))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
        var _ = process.onExit().thenAccept(this::ended);
    }

    private synchronized void ended(Process dead) {
        if (closed) {
            return;
        }
        String news = "%s ended with code %d".formatted(name, dead.exitValue());
        if (startsNoMore) {
            progress.accept(news);
            return;
        }
        progress.accept(news + ", starting it again");
        CompletableFuture.delayedExecutor(AGAIN_MILLIS, TimeUnit.MILLISECONDS).execute(this::run);
    }

    /** The one that npm brought, else the machine's own. */
    private String node() {
        Path own = folder.resolve("node_modules/.bin/node");
        return Files.isExecutable(own) ? own.toString() : "node";
    }

    private synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    private static boolean answers(String address) {
        try {
            Thread.sleep(100);
            HttpRequest question = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackRefused("Stopped before everything had started.");
        }
    }

    @Override
    public void close() {
        Process last = markClosed();
        if (last == null) {
            return;
        }
        last.destroy();
        try {
            if (!last.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                last.destroyForcibly();
            }
        } catch (InterruptedException e) {
            last.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** It goes on, and what ends from now on is not started again. */
    synchronized void startNoMore() {
        startsNoMore = true;
    }

    /** Ends it for good, whatever it has under way; returns at once. */
    void cut() {
        Process last = markClosed();
        if (last != null) {
            last.destroyForcibly();
        }
    }

    private synchronized Process markClosed() {
        closed = true;
        return process;
    }
}
