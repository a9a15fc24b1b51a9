package io.siaran.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaFetchTest {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0};
    private static final int LARGEST = 2 << 20;

    private static HttpServer server;

    /** Nobody may be led there; 127.0.0.1 is the world outside. */
    private static final InetAddress INSIDE = InetAddress.ofLiteral("127.0.0.2");

    private static final Vertx VERTX = Vertx.vertx();
    private static final ImageDownload DOWNLOAD = new ImageDownload(VERTX, Duration.ofSeconds(5), 16);

    private final MediaFetch fetch =
            fetch(host -> host.equals("localhost") ? new InetAddress[] {INSIDE} : InetAddress.getAllByName(host));

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        image("/sale.png", "image/png", PNG, true);
        image("/sale.jpg", "image/jpeg; charset=binary", Arrays.copyOf(JPEG, LARGEST), true);
        image("/page.png", "image/png", "<html>not found".getBytes(UTF_8), true);
        image("/named.png", "text/html", PNG, true);
        image("/empty.png", "image/png", new byte[0], true);
        image("/large.jpg", "image/jpeg", Arrays.copyOf(JPEG, LARGEST + 1), true);
        image("/large-unsaid.jpg", "image/jpeg", Arrays.copyOf(JPEG, LARGEST + 1), false);
        image("/small-unsaid.jpg", "image/jpeg", Arrays.copyOf(JPEG, LARGEST), false);
        Map.of(
                        "/moved",
                        url("/sale.png"),
                        "/round",
                        "/round",
                        "/inside",
                        url("/sale.png").replace("127.0.0.1", "localhost"),
                        "/file",
                        "file:///etc/passwd")
                .forEach(MediaFetchTest::redirect);
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        DOWNLOAD.close();
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sale.png", "/sale.jpg", "/small-unsaid.jpg", "/moved"})
    void a_picture_that_every_platform_takes_passes(String path) throws InterruptedException {
        assertThat(fetch.objection(url(path))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/gone.png,         cannot be fetched: its server answers 404",
        "/page.png,         must be a JPEG or PNG image",
        "/named.png,        must be a JPEG or PNG image",
        "/empty.png,        must be a JPEG or PNG image",
        "/large.jpg,        'is larger than 2 MiB, the most that every platform takes'",
        "/large-unsaid.jpg, 'is larger than 2 MiB, the most that every platform takes'",
        "/round,            cannot be fetched: its server redirects without end",
        "/inside,           must not be an address of an internal network",
        "/file,             must be an http or https URL without a user"
    })
    void what_no_platform_could_send_is_refused(String path, String why) throws InterruptedException {
        assertThat(fetch.objection(url(path))).contains(why);
    }

    @Test
    void an_address_that_nobody_answers_is_refused() throws InterruptedException {
        assertThat(fetch.objection("http://127.0.0.1:1/sale.png"))
                .get()
                .asString()
                .startsWith("cannot be fetched");
        assertThat(fetch.objection("http://user:pass@127.0.0.1/sale.png"))
                .contains("must be an http or https URL without a user");
        assertThat(fetch.objection("http://exa mple/")).contains("must be an http or https URL");
    }

    @Test
    void what_was_judged_is_what_is_called_wherever_the_name_leads_a_moment_later() throws Exception {
        // Given
        AtomicInteger looks = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        InetAddress outside = InetAddress.ofLiteral("127.0.0.1");
        HttpServer inside = HttpServer.create(
                new InetSocketAddress(INSIDE, server.getAddress().getPort()), 0);
        inside.createContext("/", exchange -> {
            calls.incrementAndGet();
            answer(exchange, "image/png", PNG, true);
        });
        inside.start();

        // When
        Optional<String> objection = fetch(_ -> new InetAddress[] {looks.getAndIncrement() == 0 ? outside : INSIDE})
                .objection(url("/sale.png").replace("127.0.0.1", "kedai.my"));

        // Then
        inside.stop(0);
        assertThat(objection).isEmpty();
        assertThat(calls).hasValue(0);
    }

    private static MediaFetch fetch(MediaFetch.NameServer names) {
        return new MediaFetch(DOWNLOAD, names, LARGEST, Duration.ofSeconds(5), INSIDE::equals);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "192.168.0.1",
                "172.16.9.9",
                "169.254.169.254",
                "100.64.0.1",
                "0.0.0.0",
                "[::1]",
                "[fd00::1]",
                "[::ffff:10.0.0.1]",
                "[64:ff9b::7f00:1]",
                "localhost",
                "kafka.internal"
            })
    void our_own_network_is_nobody_elses(String host) {
        assertThat(InternalAddresses.isWritten(host)).isTrue();
    }

    @Test
    void a_public_address_is_not_ours() {
        assertThat(InternalAddresses.isWritten("93.184.216.34")).isFalse();
        assertThat(InternalAddresses.isWritten("shop.example")).isFalse();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static void image(String path, String type, byte[] body, boolean saysHowLarge) {
        server.createContext(path, exchange -> answer(exchange, type, body, saysHowLarge));
    }

    private static void answer(HttpExchange exchange, String type, byte[] body, boolean saysHowLarge)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        long length = body.length == 0 ? -1 : body.length;
        exchange.sendResponseHeaders(200, saysHowLarge ? length : 0);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        } catch (IOException _) {
            // The reader may leave as soon as it knows.
        }
    }

    private static void redirect(String path, String to) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Location", to);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
    }
}
