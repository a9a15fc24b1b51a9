package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.gateway.provider.PlatformStub;
import io.siaran.rest.ServiceAddress;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What dispatch-service is asked about devices; its answers are those of its REST contract. */
class QueueOfDevicesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final UUID merah = UUID.randomUUID();
    private final PlatformStub dispatch = PlatformStub.start();

    @AfterEach
    void close() {
        dispatch.close();
    }

    @Test
    void a_page_of_any_length_is_asked_for_by_its_ids_in_lines_that_a_server_reads() {
        // Given
        List<UUID> devices = Stream.generate(UUID::randomUUID).limit(201).toList();
        dispatch.answers(200, "{\"items\": []}");

        // When
        waiting(devices);

        // Then
        assertThat(dispatch.asked()).hasSize(3).allMatch(asked -> asked.uri().length() < 4_000);
        assertThat(devices)
                .allSatisfy(device -> assertThat(dispatch.asked())
                        .filteredOn(asked -> asked.uri().contains("device_id=" + device))
                        .hasSize(1));
    }

    @Test
    void a_later_version_may_say_more() {
        // Given
        dispatch.answers(
                200,
                "{\"items\": [{\"device_id\": \"" + merah + "\", \"backlog\": 3, \"in_flight\": 1, \"mood\": \"good\","
                        + " \"next_due\": null, \"expected_empty\": \"2026-11-28T02:40:00Z\"}], \"more\": true}");

        // Then
        assertThat(waiting(List.of(merah)))
                .containsExactly(
                        Map.entry(merah, new WaitingMessages(3, 1, null, Instant.parse("2026-11-28T02:40:00Z"))));
    }

    @Test
    void where_it_does_not_answer_in_time_or_not_so_nothing_is_known() {
        // Given
        dispatch.answers(200, "no JSON");
        assertThat(waiting(List.of(merah))).isEmpty();
        dispatch.answers(429, "{}");
        assertThat(waiting(List.of(merah))).isEmpty();

        // When
        dispatch.answers(200, "{\"items\": []}");
        dispatch.answersAfter(PATIENCE.multipliedBy(10));
        Instant before = Instant.now();

        // Then
        assertThat(waiting(List.of(merah))).isEmpty();
        assertThat(Duration.between(before, Instant.now())).isLessThan(PATIENCE.multipliedBy(5));
        dispatch.close();
        assertThat(waiting(List.of(merah))).isEmpty();
        assertThat(new QueueOfDevices(at(Optional.empty()))
                        .of(List.of(merah), "of-the-caller")
                        .await()
                        .indefinitely())
                .isEmpty();
    }

    @Test
    void an_answer_that_begins_in_time_and_never_ends_is_not_waited_for() throws IOException {
        // Given
        try (ServerSocket trickling = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.startVirtualThread(() -> trickle(trickling));
            Instant before = Instant.now();

            // When
            Map<UUID, WaitingMessages> known =
                    waitingAt("http://127.0.0.1:" + trickling.getLocalPort(), List.of(merah));

            // Then
            assertThat(known).isEmpty();
            assertThat(Duration.between(before, Instant.now())).isLessThan(PATIENCE.multipliedBy(5));
        }
    }

    /** The head at once, then a letter of the body each tenth of a second. */
    private static void trickle(ServerSocket server) {
        try (Socket caller = server.accept()) {
            OutputStream answer = caller.getOutputStream();
            answer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (!Thread.currentThread().isInterrupted()) {
                answer.write(' ');
                answer.flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException cutOff) {
            // As it should be.
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "siaran-dispatch:8083",
                "http:// dispatch",
                "ftp://dispatch",
                "/queue",
                "http://x:99999",
                "http://x?a=b"
            })
    void an_address_that_is_none_is_refused_when_the_service_starts(String wrong) {
        assertThatThrownBy(() -> configured(wrong))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("siaran.gateway.queue.url");
    }

    @Test
    void an_address_may_end_with_a_slash() {
        assertThat(configured("http://siaran-dispatch:8083/").url())
                .contains(new ServiceAddress("http://siaran-dispatch:8083"));
    }

    private static QueueConfig configured(String url) {
        return new SmallRyeConfigBuilder()
                .withMapping(QueueConfig.class)
                // Not 2s, which Quarkus alone can read.
                .withSources(new PropertiesConfigSource(
                        Map.of("siaran.gateway.queue.url", url, "siaran.gateway.queue.timeout", "PT2S"), "a test", 100))
                .build()
                .getConfigMapping(QueueConfig.class);
    }

    private Map<UUID, WaitingMessages> waiting(List<UUID> devices) {
        return waitingAt(dispatch.url(), devices);
    }

    private static Map<UUID, WaitingMessages> waitingAt(String url, List<UUID> devices) {
        return new QueueOfDevices(at(Optional.of(new ServiceAddress(url))))
                .of(devices, "of-the-caller")
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static QueueConfig at(Optional<ServiceAddress> url) {
        return new QueueConfig() {
            @Override
            public Optional<ServiceAddress> url() {
                return url;
            }

            @Override
            public Duration timeout() {
                return PATIENCE;
            }
        };
    }
}
