package io.siaran.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BodyDeadlineTest {

    private static final Duration WITHIN = Duration.ofSeconds(1);

    private final Vertx vertx = Vertx.vertx();
    private final CountDownLatch over = new CountDownLatch(1);
    private int port;

    @BeforeEach
    void serve() throws Exception {
        Router router = Router.router(vertx);
        router.post("/news").handler(new BodyDeadline(new ObjectMapper(), WITHIN));
        router.post("/news").handler(BodyHandler.create());
        router.post("/files").handler(new BodyDeadline(new ObjectMapper(), WITHIN.multipliedBy(2), 2_000));
        router.post("/files").handler(BodyHandler.create());
        router.post("/stored").handler(new BodyDeadline(new ObjectMapper(), WITHIN, 2_000));
        router.post("/stored").handler(this::standThenRead);
        router.post("/read").handler(new BodyDeadline(new ObjectMapper(), WITHIN, 2_000));
        router.post("/read").handler(this::waitInRead);
        // Takes longer than the body may.
        router.post("/news")
                .handler(exchange -> vertx.setTimer(
                        WITHIN.plusMillis(500).toMillis(),
                        _ -> exchange.response().end("done " + exchange.body().asString())));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, SECONDS)
                .actualPort();
    }

    @AfterEach
    void stop() {
        over.countDown();
        vertx.close();
    }

    @Test
    void a_body_that_trickles_is_answered_and_its_connection_is_closed() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // Given
            caller.setSoTimeout(20_000);
            send(caller, "POST /news HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
            Thread.startVirtualThread(() -> trickle(caller));

            // When
            String answer = new String(caller.getInputStream().readAllBytes(), US_ASCII);

            // Then
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("urn:siaran:problem:request_timeout");
        }
    }

    @Test
    void a_large_body_is_waited_for_while_it_comes_and_not_when_it_stops() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // Given
            caller.setSoTimeout(20_000);
            long begun = System.nanoTime();
            send(caller, "POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");

            // When
            for (int i = 0; i < 12; i++) {
                send(caller, "a".repeat(10_000));
                Thread.sleep(250);
            }
            boolean answeredBefore = caller.getInputStream().available() > 0;
            String answer = new String(caller.getInputStream().readAllBytes(), US_ASCII);

            // Then
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(WITHIN.multipliedBy(3));
            assertThat(answeredBefore).isFalse();
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("too slowly");
        }
    }

    @Test
    void nobody_is_late_while_the_reader_does_other_things() throws Exception {
        HttpClient sender = vertx.createHttpClient();

        // Read where it comes in: elsewhere it could be over before it is read.
        String answer = done(sender.request(HttpMethod.POST, port, "127.0.0.1", "/stored")
                .compose(request -> request.send(Buffer.buffer(new byte[5_000_000])))
                .compose(told -> told.body().map(body -> told.statusCode() + " " + body)));

        assertThat(answer).isEqualTo("200 stored 5000000");
    }

    @Test
    void who_sends_nothing_to_a_reader_that_waits_is_late() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.setSoTimeout(20_000);
            send(caller, "POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");

            String answer = new String(caller.getInputStream().readAllBytes(), US_ASCII);

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("too slowly");
        }
    }

    @Test
    void a_body_that_ends_in_time_is_worked_on_for_as_long_as_it_takes() throws Exception {
        try (Socket caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            // Given
            caller.setSoTimeout(20_000);
            send(caller, "POST /news HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\nH");
            Thread.sleep(300);

            // When
            send(caller, "i");

            // Then
            assertThat(new String(caller.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("done Hi");
        }
    }

    @Test
    void of_a_connection_that_many_share_only_the_late_one_is_ended() throws Exception {
        // Given
        HttpClient shared = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientRequest late = request(shared).setChunked(true);
        late.write("H");

        // When
        HttpClientResponse refused = done(late.response());
        Future<Buffer> other = request(shared).send("Hai").compose(HttpClientResponse::body);

        // Then
        assertThat(refused.statusCode()).isEqualTo(408);
        assertThat(done(other).toString()).isEqualTo("done Hai");
    }

    /** As one that stores what it has read: for longer than a sender is waited for. */
    private void standThenRead(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        request.pause();
        BodyDeadline.countingReads(exchange, InputStream.nullInputStream());
        vertx.setTimer(WITHIN.multipliedBy(3).toMillis(), _ -> {
            request.body().onSuccess(body -> exchange.response().end("stored " + body.length()));
            request.resume();
        });
    }

    private void waitInRead(RoutingContext exchange) {
        InputStream nothing = new InputStream() {
            @Override
            public int read() {
                try {
                    over.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };
        InputStream body = BodyDeadline.countingReads(exchange, nothing);
        Thread.startVirtualThread(() -> assertThatCode(body::read).doesNotThrowAnyException());
    }

    private HttpClientRequest request(HttpClient client) throws Exception {
        return done(client.request(HttpMethod.POST, port, "127.0.0.1", "/news"));
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
    }

    private static void send(Socket caller, String text) throws IOException {
        caller.getOutputStream().write(text.getBytes(US_ASCII));
        caller.getOutputStream().flush();
    }

    private static void trickle(Socket caller) {
        try {
            while (!caller.isClosed()) {
                send(caller, "a");
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException cutOff) {
            // As it should be.
        }
    }
}
