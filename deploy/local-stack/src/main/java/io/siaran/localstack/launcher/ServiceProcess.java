package io.siaran.localstack.launcher;

import io.siaran.localstack.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One process of a service: started, watched, started again when it dies, ended. */
public final class ServiceProcess implements AutoCloseable {

    private final ServiceLaunch launch;
    private final RunDirectory records;
    private final boolean restart;
    private final Consumer<String> progress;
    private final Backoff backoff = new Backoff();

    private ServiceStart last;
    private HealthWatch health;

    /** Completed when the process that runs is ready; while none runs, it is about the next one. */
    private CompletableFuture<Instant> healthy = new CompletableFuture<>();

    private boolean closed;

    ServiceProcess(ServiceLaunch launch, RunDirectory records, boolean restart, Consumer<String> progress) {
        this.launch = launch;
        this.records = records;
        this.restart = restart;
        this.progress = progress;
    }

    /** Starts the process; it is not ready yet when this returns. */
    public synchronized void start() {
        if (closed) {
            return;
        }
        last = launch.start();
        Process process = last.process();
        records.record(launch.instance(), process.toHandle());
        expectHealth();
        health = new HealthWatch(process, launch.managementPort(), launch.port(), readiness(last, healthy));
        health.begin();
        var _ = process.onExit().thenAccept(this::ended);
    }

    /** Whoever waits for the service goes on waiting where the JVM refused what it had learnt: it starts once more. */
    private static CompletableFuture<Instant> readiness(ServiceStart start, CompletableFuture<Instant> told) {
        CompletableFuture<Instant> ready = new CompletableFuture<>();
        var _ = ready.whenComplete((when, failure) -> {
            if (failure == null) {
                told.complete(when);
            } else if (!start.droppedCache()) {
                told.completeExceptionally(failure);
            }
        });
        return ready;
    }

    private synchronized void expectHealth() {
        if (healthy.isDone()) {
            healthy = new CompletableFuture<>();
        }
    }

    private synchronized void ended(Process dead) {
        if (closed || dead != last.process()) {
            return;
        }
        if (last.droppedCache()) {
            progress.accept(launch.instance().name()
                    + " could not start by what the JVM had learnt: that is dropped, and it starts without");
            start();
            return;
        }
        Duration wait = backoff.after(health.healthyFor());
        expectHealth();
        String news = launch.instance().name() + " ended with code " + dead.exitValue();
        if (restart) {
            progress.accept(news + ", starting it again in " + wait.toSeconds() + " s");
            CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
        } else {
            progress.accept(news);
        }
    }

    private synchronized void startAgain() {
        if (!closed && !last.process().isAlive()) {
            start();
            var _ = healthy.thenRun(() -> progress.accept(launch.instance().name() + " is back"));
        }
    }

    /**
     * Waits until the service is ready; after a death, until its next process is. Refuses when that process ends before,
     * or the limit is over.
     */
    public void awaitHealthy(Duration limit) {
        try {
            currentHealth().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw notReady("is not ready after " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw notReady(e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notReady("was waited for until an interrupt");
        }
    }

    private StackRefused notReady(String why) {
        return new StackRefused(
                "%s %s; its log is %s".formatted(launch.instance().name(), why, launch.log()));
    }

    private synchronized CompletableFuture<Instant> currentHealth() {
        return healthy;
    }

    /** The id of the process that runs, or ran last. */
    public synchronized long pid() {
        return last.process().pid();
    }

    /** Where the service itself answers, past the front door. */
    public String url() {
        return "http://127.0.0.1:" + launch.port();
    }

    /** Kills the process as {@code kill -9} does, and returns when it is gone. */
    public void kill() {
        Process victim = condemned();
        victim.destroyForcibly();
        victim.onExit().join();
    }

    private synchronized Process condemned() {
        expectHealth();
        return last.process();
    }

    /** Ends the process for good: gracefully, and by force when that takes longer than its service may. */
    @Override
    public void close() {
        ServiceStart lastStart = markClosed();
        if (lastStart != null && lastStart.process().isAlive()) {
            Ending.end(launch.instance(), ProcessIdentity.of(lastStart.process().toHandle()), progress);
        }
        records.forget(launch.instance());
    }

    /** Ends the process for good, whatever it has under way; returns at once. */
    void cut() {
        ServiceStart lastStart = markClosed();
        if (lastStart != null) {
            lastStart.process().destroyForcibly();
        }
    }

    private synchronized ServiceStart markClosed() {
        closed = true;
        return last;
    }
}
