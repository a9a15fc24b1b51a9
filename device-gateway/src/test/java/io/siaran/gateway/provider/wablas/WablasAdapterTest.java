package io.siaran.gateway.provider.wablas;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Credential;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.provider.OutgoingMessage;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.provider.ProviderConfig;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.localstack.TestServers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.DeviceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on the wire, and what each way of losing an answer means. Over a stub server that can be as rude as a network. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WablasAdapterTest {

    private static final String ACCEPTED = "{\"status\":true,\"data\":{\"messages\":[{\"id\":\"w-1\"}]}}";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final WablasAdapter adapter = new WablasAdapter(new Waiting(Duration.ofSeconds(20)), PlatformStub.ANYWHERE);
    private final WablasAdapter impatient =
            new WablasAdapter(new Waiting(Duration.ofSeconds(1)), PlatformStub.ANYWHERE);
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void a_text_is_a_form_with_our_id_and_the_bare_credential() {
        // Given
        answer("/api/send-message", exchange -> reply(exchange, 200, ACCEPTED));
        OutgoingMessage message = text("Helo Ani,\n\n50% diskaun & percuma = 😀 +60");

        // When
        SendOutcome outcome = adapter.send(device(url()), message);

        // Then
        assertThat(outcome).isEqualTo(new SendOutcome.Accepted("w-1"));
        assertThat(requests)
                .containsExactly("application/x-www-form-urlencoded t0ken.secret message=" + message.text()
                        + "|phone=60121111111|ref_id=" + message.id());
    }

    @Test
    void an_image_carries_its_url_and_caption() {
        // Given
        answer("/api/send-image", exchange -> reply(exchange, 200, ACCEPTED));
        OutgoingMessage message = new OutgoingMessage(
                Cast.message(), Cast.SINAR, Cast.ANI, "Helo", Optional.of("https://kedai.my/a.jpg"));

        // When
        SendOutcome outcome = adapter.send(device(url()), message);

        // Then
        assertThat(outcome).isEqualTo(new SendOutcome.Accepted("w-1"));
        assertThat(requests)
                .containsExactly("application/x-www-form-urlencoded t0ken.secret"
                        + " caption=Helo|image=https://kedai.my/a.jpg|phone=60121111111|ref_id=" + message.id());
    }

    @Test
    void a_server_that_is_not_there_was_not_sent_to() throws IOException {
        // Given
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }

        // When // Then
        assertThat(adapter.send(device("http://127.0.0.1:" + closed), text("Helo")))
                .isInstanceOf(SendOutcome.NotSent.class);
        assertThat(adapter.send(device("http://no-such-host.invalid"), text("Helo")))
                .isInstanceOf(SendOutcome.NotSent.class);
    }

    @Test
    void a_handshake_that_breaks_was_not_sent_to() throws IOException {
        // Given
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> hangUpOn(rude));

            // When
            SendOutcome outcome = adapter.send(device("https://localhost:" + rude.getLocalPort()), text("Helo"));

            // Then
            assertThat(outcome).isInstanceOf(SendOutcome.NotSent.class);
        }
    }

    @Test
    void a_handshake_that_hangs_was_not_sent_to() throws IOException {
        // Given
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            // When
            SendOutcome outcome = adapter.send(device("https://127.0.0.1:" + mute.getLocalPort()), text("Helo"));

            // Then
            assertThat(outcome).isInstanceOf(SendOutcome.NotSent.class);
        }
    }

    @Test
    void an_answer_without_end_is_cut_and_unknown() {
        // Given
        AtomicLong written = new AtomicLong();
        answer("/api/send-message", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] kilobyte = " ".repeat(1_024).getBytes(StandardCharsets.UTF_8);
            while (written.addAndGet(kilobyte.length) < 100_000_000) {
                exchange.getResponseBody().write(kilobyte);
            }
        });

        // When
        SendOutcome outcome = adapter.send(device(url()), text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(written.get()).isLessThan(50_000_000);
        assertThat(requests).hasSize(1);
    }

    @Test
    void an_answer_that_does_not_come_is_unknown_and_asked_for_once() {
        // Given
        answer("/api/send-message", exchange -> Thread.sleep(Duration.ofSeconds(3)));

        // When
        SendOutcome outcome = impatient.send(device(url()), text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(requests).hasSize(1);
    }

    @Test
    void an_answer_that_trickles_is_unknown_when_the_time_is_up() {
        // Given
        answer("/api/send-message", exchange -> {
            exchange.sendResponseHeaders(200, ACCEPTED.length());
            for (byte unit : ACCEPTED.getBytes(StandardCharsets.UTF_8)) {
                exchange.getResponseBody().write(unit);
                exchange.getResponseBody().flush();
                Thread.sleep(Duration.ofMillis(100));
            }
        });
        long before = System.nanoTime();

        // When
        SendOutcome outcome = impatient.send(device(url()), text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void a_connection_that_breaks_after_the_request_is_unknown_and_not_repeated() {
        // Given
        answer("/api/send-message", HttpExchange::close);

        // When
        SendOutcome outcome = adapter.send(device(url()), text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(SendOutcome.Unknown.class);
        assertThat(requests).hasSize(1);
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void answer(String path, Answer answer) {
        server.createContext(path, exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add("%s %s %s"
                    .formatted(
                            exchange.getRequestHeaders()
                                    .getFirst("Content-Type")
                                    .replaceAll(";.*", ""),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            fields(body)));
            try {
                answer.to(exchange);
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** In the order of their names, each decoded. */
    private static String fields(String form) {
        return Stream.of(form.split("&"))
                .map(field -> URLDecoder.decode(field, StandardCharsets.UTF_8))
                .sorted()
                .collect(Collectors.joining("|"));
    }

    private static void hangUpOn(ServerSocket server) {
        try (Socket caller = server.accept()) {
            caller.getInputStream().read();
        } catch (IOException ending) {
            throw new UncheckedIOException(ending);
        }
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static OutgoingMessage text(String text) {
        return new OutgoingMessage(Cast.message(), Cast.SINAR, Cast.ANI, text, Optional.empty());
    }

    private static ConnectedDevice device(String url) {
        return new ConnectedDevice(
                new DeviceId(UUID.randomUUID()),
                Platform.WABLAS,
                url,
                null,
                new Credential("t0ken.secret"),
                AntiSpamProfile.OFF,
                List.of(),
                false,
                ZoneId.of("Asia/Kuala_Lumpur"),
                Cast.freely(),
                1,
                0);
    }

    private record Waiting(Duration timeout) implements ProviderConfig {

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(3);
        }

        @Override
        public Duration idleTimeout() {
            return Duration.ofSeconds(4);
        }

        @Override
        public Map<String, Duration> timeouts() {
            return Map.of();
        }

        @Override
        public Duration questionTimeout() {
            return timeout;
        }

        @Override
        public int maxConnections() {
            return 10;
        }

        @Override
        public int questionsAtOnce() {
            return 10;
        }
    }
}
