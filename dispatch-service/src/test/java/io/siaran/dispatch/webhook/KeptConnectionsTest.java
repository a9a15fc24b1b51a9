package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver that says that it keeps a connection and closes it when the next request comes, as servers do that count or tidy up. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class KeptConnectionsTest {

    private static final byte[] TAKEN =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Inject
    Post post;

    private final AtomicInteger connections = new AtomicInteger();
    private ServerSocket server;
    private volatile int answersOfOne;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void a_connection_that_is_closed_as_it_is_used_again_is_no_failure_of_the_receiver() {
        answersOfOne = 1;

        Attempt first = post();
        Attempt second = post();

        assertThat(first.arrived()).isTrue();
        assertThat(second.arrived()).isTrue();
        assertThat(connections).hasValue(2);
    }

    @Test
    void a_receiver_that_closes_every_connection_fails() {
        answersOfOne = 0;

        Attempt attempt = post();

        assertThat(attempt.failed()).isTrue();
        assertThat(attempt.error()).startsWith("broken off");
        assertThat(connections).hasValue(2);
    }

    private Attempt post() {
        return post.post("aminah", "http://127.0.0.1:" + server.getLocalPort() + "/", Map.of("webhook-id", "1"), "{}");
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                connections.incrementAndGet();
                var requests = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                for (int answers = 0; answers < answersOfOne; answers++) {
                    read(requests);
                    connection.getOutputStream().write(TAKEN);
                }
                var _ = requests.readLine();
            } catch (IOException closed) {
                // By the caller, or at the end.
            }
        }
    }

    /** Its head, and the two characters of its body. */
    private static void read(BufferedReader requests) throws IOException {
        while (!requests.readLine().isEmpty()) {
            // The next header.
        }
        var _ = requests.skip(2);
    }
}
