package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void who_takes_the_last_place_is_told_when_one_is_free_again() {
        // Given
        Room room = new Room(2);
        CompletableFuture<Void> afterFirst = room.take().toCompletableFuture();
        CompletableFuture<Void> afterSecond = room.take().toCompletableFuture();
        assertThat(afterFirst).isCompleted();
        assertThat(afterSecond).isNotCompleted();

        // When
        room.leave();

        // Then
        await().untilAsserted(() -> assertThat(afterSecond).isCompleted());
    }
}
