package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SharesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void a_user_gets_a_minutes_worth_at_once_then_as_time_earns_it_and_others_have_their_own() {
        // Given
        Shares shares = new Shares(60);
        long now = 5;

        // Then
        for (int i = 0; i < 60; i++) {
            assertThat(shares.take("ani", now)).isZero();
        }
        assertThat(shares.take("ani", now)).isEqualTo(Duration.ofSeconds(1));
        assertThat(shares.take("ani", now)).isEqualTo(Duration.ofSeconds(1));
        assertThat(shares.take("budi", now)).isZero();
        assertThat(shares.take("ani", now + 2 * SECOND)).isZero();
        assertThat(shares.take("ani", now + 2 * SECOND)).isZero();
        assertThat(shares.take("ani", now + 2 * SECOND)).isPositive();
        assertThat(shares.take("ani", now + 120 * SECOND)).isZero();
    }

    @Test
    void who_is_forgotten_had_everything_again() {
        Shares shares = new Shares(1);
        for (int i = 0; i < 25_000; i++) {
            shares.take("user-" + i, 0);
        }

        assertThat(shares.take("user-0", 0)).isPositive();
        assertThat(shares.take("user-0", 61 * SECOND)).isZero();
    }
}
