package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
    private final Names names = new Names(this::addresses, InstantSource.system());
    private final MediaCheck media = media(Duration.ofSeconds(6));
    private final Queue<Thread> silent = new ConcurrentLinkedQueue<>();
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
        names.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void who_has_slow_images_looked_at_waits_for_them_and_nobody_else_does() {
        // Given
        for (int i = 0; i < PER_USER; i++) {
            String path = "/slow/" + i;
            var _ = threads.submit(() -> media.refuse("ani", image(path)));
        }
        waitFor(asked);

        // When
        Refusal third = catchThrowableOfType(Refusal.class, () -> media.refuse("ani", image("/quick")));

        // Then
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.retryAfter()).isPresent();
        assertThatCode(() -> media.refuse("budi", image("/quick"))).doesNotThrowAnyException();
    }

    @Test
    void a_request_with_many_slow_images_is_not_one_too_many_for_its_own_sake() {
        MediaCheck hasty = media(Duration.ofSeconds(1));
        try {
            Refusal refused = catchThrowableOfType(
                    Refusal.class, () -> hasty.refuse("ani", images(20, i -> image("/slow/" + i))));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.violations())
                    .hasSize(20)
                    .extracting(Violation::field, Violation::message)
                    .contains(tuple("steps[19].media_url", "cannot be fetched: its server is too slow"));
        } finally {
            hasty.stop();
        }
    }

    @Test
    void a_slow_image_in_two_fields_is_too_slow_in_both_and_hides_nothing_of_the_others() {
        MediaCheck hasty = media(Duration.ofSeconds(1));
        try {
            List<Map<String, String>> steps = List.of(image("/slow"), image("/slow"), image("/missing"));

            Refusal refused = catchThrowableOfType(Refusal.class, () -> hasty.refuse("ani", Map.of("steps", steps)));

            assertThat(refused.violations())
                    .extracting(Violation::field, Violation::message)
                    .containsExactly(
                            tuple("steps[0].media_url", "cannot be fetched: its server is too slow"),
                            tuple("steps[1].media_url", "cannot be fetched: its server is too slow"),
                            tuple("steps[2].media_url", "cannot be fetched: its server answers 404"));
        } finally {
            hasty.stop();
        }
    }

    @Test
    void what_was_not_looked_at_in_time_is_looked_at_no_more() {
        MediaCheck hasty = media(Duration.ofSeconds(1));
        try {
            var _ = catchThrowableOfType(
                    Refusal.class, () -> hasty.refuse("ani", images(80, i -> image("/slow/" + i))));

            // Four after four, each for a second, they would go on for twenty.
            await().atMost(Duration.ofSeconds(8))
                    .untilAsserted(() -> assertThat(hasty.places()).isEqualTo(64));
        } finally {
            hasty.stop();
        }
    }

    @Test
    void a_request_may_have_more_images_than_are_looked_at_at_once() {
        assertThatCode(() -> media.refuse("ani", images(20, i -> image("/quick/" + i))))
                .doesNotThrowAnyException();
    }

    @Test
    void names_that_nobody_answers_for_keep_no_other_user_waiting() {
        // Given
        int many = 2 * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < many; i++) {
            String user = "ani-" + i;
            Map<String, String> image = Map.of("media_url", "http://" + i + ".silent/image.png");
            var _ = threads.submit(() -> media.refuse(user, image));
        }
        await().until(() -> silent.size() >= Runtime.getRuntime().availableProcessors());

        // When
        assertThatCode(() -> media.refuse("budi", image("/quick"))).doesNotThrowAnyException();

        // Then
        await().untilAsserted(() -> assertThat(silent).hasSize(many).noneMatch(Thread::isVirtual));
    }

    /** As the system does it: whoever asks for a silent name is held, with the carrier of a virtual thread. */
    private InetAddress[] addresses(String name) throws UnknownHostException {
        if (name.endsWith(".silent")) {
            silent.add(Thread.currentThread());
            while (Thread.currentThread().isVirtual() && end.getCount() > 0) {
                Thread.onSpinWait();
            }
            waitFor(end);
            throw new UnknownHostException(name);
        }
        return InetAddress.getAllByName(name);
    }

    private MediaCheck media(Duration patience) {
        return new MediaCheck(new ObjectMapper(), null, names, new Limits(patience), vertx);
    }

    private static Map<String, Object> images(int many, IntFunction<Map<String, String>> image) {
        return Map.of("steps", IntStream.range(0, many).mapToObj(image).toList());
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

    private record Limits(Duration patience) implements MediaConfig {

        @Override
        public MemorySize largest() {
            return new MemorySize(BigInteger.valueOf(2 << 20));
        }

        @Override
        public int atOnce() {
            return 64;
        }

        @Override
        public int atOncePerUser() {
            return PER_USER;
        }

        @Override
        public int atOncePerRequest() {
            return 4;
        }

        @Override
        public boolean allowInternalAddresses() {
            return true;
        }
    }
}
