package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InFlightLimitTest {

    @Test
    void who_takes_the_last_place_is_told_when_one_is_free_again() {
        // Given
        InFlightLimit room = new InFlightLimit(2, 1_000);
        CompletableFuture<Void> afterFirst = room.take(1).toCompletableFuture();
        CompletableFuture<Void> afterSecond = room.take(1).toCompletableFuture();
        assertThat(afterFirst).isCompleted();
        assertThat(afterSecond).isNotCompleted();

        // When
        room.leave(1);

        // Then
        await().untilAsserted(() -> assertThat(afterSecond).isCompleted());
    }

    @Test
    void a_few_long_records_fill_it_as_many_short_ones_do() {
        // Given
        InFlightLimit room = new InFlightLimit(1_000, 10);
        assertThat(room.take(4).toCompletableFuture()).isCompleted();
        CompletableFuture<Void> afterLong = room.take(8).toCompletableFuture();
        assertThat(afterLong).isNotCompleted();

        // When
        room.leave(4);

        // Then
        await().untilAsserted(() -> assertThat(afterLong).isCompleted());
    }
}
