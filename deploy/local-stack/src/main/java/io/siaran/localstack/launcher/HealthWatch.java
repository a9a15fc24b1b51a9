package io.siaran.localstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks one process, from its start on, whether it is ready, until it says so or ends. Ready means that its management port
 * says so, and that the port for callers answers.
 */
final class HealthWatch {

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Process process;
    private final List<HttpRequest> questions;
    private final CompletableFuture<Instant> ready;

    /** @param ready is completed with the moment when the process is ready; fails when it ends before */
    HealthWatch(Process process, int managementPort, int port, CompletableFuture<Instant> ready) {
        this.process = process;
        this.questions = List.of(question(managementPort, "/q/health/ready"), question(port, "/q/health/live"));
        this.ready = ready;
    }

    private static HttpRequest question(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
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
            for (HttpRequest question : questions) {
                if (HTTP.send(question, BodyHandlers.discarding()).statusCode() != 200) {
                    return false;
                }
            }
            return true;
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
