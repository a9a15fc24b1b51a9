package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void the_wait_doubles_up_to_half_a_minute() {
        // When
        Stream<Long> waits =
                Stream.generate(() -> backoff.after(Duration.ZERO).toSeconds()).limit(7);

        // Then
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void a_minute_of_health_forgives_the_deaths_before() {
        // Given
        backoff.after(Duration.ZERO);
        backoff.after(Duration.ZERO);

        // When
        Duration wait = backoff.after(Duration.ofSeconds(60));

        // Then
        assertThat(wait).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(2));
    }
}
