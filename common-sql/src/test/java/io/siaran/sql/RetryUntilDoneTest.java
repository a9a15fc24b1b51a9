package io.siaran.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryUntilDoneTest {

    @Test
    void what_fails_is_tried_again_until_it_is_done() {
        // Given
        AtomicInteger tries = new AtomicInteger();

        // When
        String done = RetryUntilDone.run("test", () -> {
            if (tries.incrementAndGet() < 3) {
                throw new IllegalStateException("the database is away");
            }
            return "done";
        });

        // Then
        assertThat(done).isEqualTo("done");
        assertThat(tries).hasValue(3);
    }

    @Test
    void a_thread_that_is_to_end_tries_no_more() {
        // Given
        Thread.currentThread().interrupt();

        // Then
        assertThatThrownBy(() -> RetryUntilDone.run("test", () -> {
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void each_pause_is_twice_the_one_before_up_to_the_longest() {
        assertThat(Backoff.OF_A_SERVER.pause(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(Backoff.OF_A_SERVER.pause(3)).isEqualTo(Duration.ofMillis(800));
        assertThat(Backoff.OF_A_SERVER.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(5));
    }
}
