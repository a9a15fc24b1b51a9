package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReaderTimeTest {

    private static final int KILOBYTE = 1_024;

    private final ReaderTime time = new ReaderTime(Duration.ofMinutes(1), 64 * KILOBYTE);

    @Test
    void who_reads_on_slowly_gets_a_file_of_any_length() {
        for (int part = 0; part < 100_000; part++) {
            time.took(64 * KILOBYTE, Duration.ofSeconds(1).toNanos());
        }

        assertThat(time.left()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void who_takes_a_little_now_and_then_is_left_after_the_minute() {
        for (int part = 0; part < 60; part++) {
            assertThat(time.left()).isPositive();
            time.took(64, Duration.ofSeconds(1).toNanos());
        }

        assertThat(time.left()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void who_stops_after_he_read_fast_has_no_more_than_the_minute() {
        time.took(64_000 * KILOBYTE, Duration.ofSeconds(1).toNanos());

        assertThat(time.left()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void no_time_is_never_less_than_none() {
        time.took(0, Duration.ofHours(1).toNanos());

        assertThat(time.left()).isZero();
    }
}
