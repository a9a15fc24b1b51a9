package io.siaran.localstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks one process, from its start on, whether it is ready, until it says so or ends. */
final class HealthWatch {

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Process process;
    private final HttpRequest question;
    private final CompletableFuture<Instant> ready;

    /** @param ready is completed with the moment when the process is ready; fails when it ends before */
    HealthWatch(Process process, int port, CompletableFuture<Instant> ready) {
        this.process = process;
        this.question = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        this.ready = ready;
    }

    void begin() {
        askLater();
    }

    private void askLater() {
        CompletableFuture.delayedExecutor(ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(this::ask);
    }

    private void ask() {
        if (!process.isAlive()) {
            ready.completeExceptionally(
                    new IllegalStateException("ended with code " + process.exitValue() + " before it was ready"));
        } else if (saysReady()) {
            ready.complete(Instant.now());
        } else {
            askLater();
        }
    }

    private boolean saysReady() {
        try {
            return HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For how long it has been ready by now. */
    Duration healthyFor() {
        return ready.isDone() && !ready.isCompletedExceptionally()
                ? Duration.between(ready.join(), Instant.now())
                : Duration.ZERO;
    }
}
