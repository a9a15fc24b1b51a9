package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");

    @Test
    void seconds_and_dates_are_read_and_bounded() {
        assertThat(RetryAfter.of(" 25 ", NOW)).contains(Duration.ofSeconds(25));
        assertThat(RetryAfter.of("Sat, 28 Nov 2026 02:00:30 GMT", NOW)).contains(Duration.ofSeconds(30));
        assertThat(RetryAfter.of("Sat, 28 Nov 2026 01:00:00 GMT", NOW)).contains(Duration.ZERO);
        assertThat(RetryAfter.of("999999", NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.of("soon", NOW)).isEmpty();
        assertThat(RetryAfter.of("-5", NOW)).isEmpty();
        assertThat(RetryAfter.of(null, NOW)).isEmpty();
    }
}
