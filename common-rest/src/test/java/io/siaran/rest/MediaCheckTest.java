package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MediaCheckTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
    private static final int PER_USER = 2;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch asked = new CountDownLatch(PER_USER);
    private final CountDownLatch end = new CountDownLatch(1);
    private final Vertx vertx = Vertx.vertx();
    private final MediaCheck media = new MediaCheck(new ObjectMapper(), null, new Limits(), vertx);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/slow", image -> {
            asked.countDown();
            waitFor(end);
            show(image);
        });
        server.createContext("/quick", MediaCheckTest::show);
        server.start();
    }

    @AfterEach
    void close() {
        end.countDown();
        server.stop(0);
        threads.close();
        media.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void who_has_slow_images_looked_at_waits_for_them_and_nobody_else_does() {
        // Given
        var _ = threads.submit(() ->
                media.refuse("ani", Map.of("steps", new Object[] {image("/slow/1"), image("/slow/2")})));
        waitFor(asked);

        // When
        Refusal third = catchThrowableOfType(Refusal.class, () -> media.refuse("ani", image("/quick")));

        // Then
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.retryAfter()).isPresent();
        assertThatCode(() -> media.refuse("budi", image("/quick"))).doesNotThrowAnyException();
    }

    private Map<String, String> image(String path) {
        return Map.of("media_url", "http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static void show(HttpExchange image) throws IOException {
        image.getResponseHeaders().add("Content-Type", "image/png");
        image.sendResponseHeaders(200, PNG.length);
        image.getResponseBody().write(PNG);
        image.close();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private record Limits() implements MediaConfig {

        @Override
        public MemorySize largest() {
            return new MemorySize(BigInteger.valueOf(2 << 20));
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(6);
        }

        @Override
        public int atOnce() {
            return PER_USER + 1;
        }

        @Override
        public int atOncePerUser() {
            return PER_USER;
        }

        @Override
        public boolean allowInternalAddresses() {
            return true;
        }
    }
}
