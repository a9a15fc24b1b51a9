package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import io.siaran.rest.ServiceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What campaign-service is asked before a device is deleted; its answers are those of its REST contract. */
class LeadsOfDeviceTest {

    private final DeviceId merah = new DeviceId(UUID.randomUUID());
    private final DeviceId biru = new DeviceId(UUID.randomUUID());
    private final List<String> asked = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer campaign;

    @BeforeEach
    void listen() throws IOException {
        campaign = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        campaign.createContext("/", this::answer);
        campaign.start();
    }

    @AfterEach
    void close() {
        campaign.stop(0);
    }

    @Test
    void a_device_with_leads_is_refused_with_their_number_and_one_without_is_not() {
        // Given
        answer(200, "{\"leads\":12}", "{\"leads\":0}");

        // Then
        assertThatThrownBy(() -> settle(null)).isInstanceOf(Refusal.class).hasMessageContaining("has 12 leads");
        settle(null);
        assertThat(asked).containsOnly("GET /api/v1/leads/count?device_id=" + merah + " Bearer of-the-caller ");
    }

    @Test
    void leads_that_are_kept_are_not_asked_for() {
        settle("keep");
        assertThat(asked).isEmpty();
    }

    @Test
    void leads_move_until_none_is_left_to_move() {
        // Given
        answer(
                200,
                "{\"moved\":10000,\"in_the_way\":0,\"remaining\":5}",
                "{\"moved\":5,\"in_the_way\":0,\"remaining\":0}");

        // When
        settle("move:" + biru);

        // Then
        assertThat(asked)
                .hasSize(2)
                .allMatch(request -> request.startsWith("POST /api/v1/leads/move Bearer of-the-caller {")
                        && request.contains("\"from_device_id\":\"" + merah + "\"")
                        && request.contains("\"to_device_id\":\"" + biru + "\""));
    }

    @Test
    void a_lead_that_cannot_move_keeps_its_device() {
        answer(200, "{\"moved\":5,\"in_the_way\":2,\"remaining\":0}");

        assertThatThrownBy(() -> settle("move:" + biru)).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.getMessage()).contains("2 leads stay");
        });
    }

    @Test
    void a_device_that_leads_cannot_move_to_is_the_callers_mistake() {
        // Given
        answer(400, "{}");

        // Then
        assertThatThrownBy(() -> settle("move:" + biru))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
        for (String wrong : List.of("", "move", "move:merah", "delete")) {
            assertThatThrownBy(() -> LeadsChoice.of(wrong))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(400));
        }
    }

    @Test
    void where_nobody_can_say_whether_there_are_leads_the_device_stays() {
        // Given
        answer(500, "{}");

        // Then
        assertThatThrownBy(() -> settle(null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
        close();
        assertThatThrownBy(() -> settle(null))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(503));
    }

    private void settle(String choice) {
        leads().settle(merah, LeadsChoice.of(choice), "of-the-caller").await().atMost(Duration.ofSeconds(10));
    }

    private LeadsOfDevice leads() {
        String url = "http://127.0.0.1:" + campaign.getAddress().getPort();
        return new LeadsOfDevice(new LeadsConfig() {
            @Override
            public Optional<ServiceAddress> url() {
                return Optional.of(new ServiceAddress(url));
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(5);
            }
        });
    }

    private void answer(int status, String... bodies) {
        Arrays.stream(bodies).forEach(body -> answers.add(new Answer(status, body)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add("%s %s %s %s"
                .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        Answer next = answers.remove();
        byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(next.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private record Answer(int status, String body) {}
}
