package io.siaran.gateway.device;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the names of servers lead. A tenant's name server may be silent, so nothing that others need may wait for it. */
public interface ServerNames {

    /** Empty where nobody knows it, or nobody answers. Waits, for virtual threads. */
    Optional<InetAddress> address(String host);

    /**
     * As the clients of that Vert.x ask, who find the answer kept. With {@code quarkus.vertx.use-async-dns} neither asks on a thread:
     * the JVM's own look-up holds the carrier of a virtual thread, or an event loop and every connection on it, for as long as a name
     * server is silent.
     */
    static ServerNames of(Vertx vertx) {
        // The resolver gives up before: some queries of 5 s.
        Duration longest = Duration.ofSeconds(30);
        return host -> {
            Promise<InetAddress> answer = Promise.promise();
            ((VertxInternal) vertx).resolveAddress(host, answer);
            try {
                return Optional.of(answer.future()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(longest.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException | TimeoutException unknown) {
                return Optional.empty();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        };
    }
}
