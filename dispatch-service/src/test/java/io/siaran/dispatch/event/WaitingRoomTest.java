package io.siaran.dispatch.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.Cast;
import java.time.Duration;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void no_user_takes_the_places_of_the_others() {
        WaitingRoom room = new WaitingRoom(5, 3);

        assertThat(IntStream.range(0, 10).filter(_ -> room.enter(Cast.AMINAH))).hasSize(3);
        assertThat(IntStream.range(0, 10).filter(_ -> room.enter(Cast.RAZAK))).hasSize(2);
        room.leave(Cast.AMINAH);
        assertThat(room.enter(Cast.RAZAK)).isTrue();
        assertThat(room.enter(Cast.AMINAH)).isFalse();
    }

    @Test
    void who_waits_is_woken_by_events_of_its_own_and_deliveries_by_everybodys() throws Exception {
        EventSignal signal = new EventSignal();
        try (var aminah = signal.bell(Cast.AMINAH);
                var razak = signal.bell(Cast.RAZAK);
                var deliveries = signal.bell()) {
            signal.ring(Set.of(Cast.RAZAK));

            assertThat(razak.await(LONG)).isTrue();
            assertThat(deliveries.await(LONG)).isTrue();
            assertThat(aminah.await(AT_ONCE)).isFalse();
        }
    }
}
