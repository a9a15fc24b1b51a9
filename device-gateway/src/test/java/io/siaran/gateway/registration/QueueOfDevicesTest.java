package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.provider.PlatformStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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

    private Map<UUID, WaitingMessages> waiting(List<UUID> devices) {
        return new QueueOfDevices(at(Optional.of(dispatch.url())))
                .of(devices, "of-the-caller")
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static QueueConfig at(Optional<String> url) {
        return new QueueConfig() {
            @Override
            public Optional<String> url() {
                return url;
            }

            @Override
            public Duration timeout() {
                return PATIENCE;
            }
        };
    }
}
