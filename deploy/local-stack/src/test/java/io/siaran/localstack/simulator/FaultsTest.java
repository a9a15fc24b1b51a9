package io.siaran.localstack.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.model.Json;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultsTest {

    private static final Message MERAH_TO_ANI = new Message("sim-merah", "60123456789", "Hai", null, null);
    private static final Message BIRU_TO_BUDI = new Message("sim-biru", "60129876543", "Hai", null, null);

    private final Faults faults = new Faults(new SplittableRandom(7));

    @Test
    void a_fault_with_a_count_strikes_that_often_and_is_over() {
        // Given
        switchOn("{\"kind\":\"reset\",\"count\":2}");

        // When
        long struck = IntStream.range(0, 5)
                .filter(_ -> faults.strike(MERAH_TO_ANI).isPresent())
                .count();

        // Then
        assertThat(struck).isEqualTo(2);
        assertThat(faults.active()).isEmpty();
    }

    @Test
    void a_fault_of_one_device_spares_the_others() {
        // When
        switchOn("{\"kind\":\"server_error\",\"device\":\"sim-merah\"}");

        // Then
        assertThat(faults.strike(MERAH_TO_ANI)).isPresent();
        assertThat(faults.strike(BIRU_TO_BUDI)).isEmpty();
    }

    @Test
    void a_fault_of_some_phones_spares_the_others() {
        // When
        switchOn("{\"kind\":\"unknown_number\",\"phones\":[\"60129876543\"]}");

        // Then
        assertThat(faults.strike(MERAH_TO_ANI)).isEmpty();
        assertThat(faults.strike(BIRU_TO_BUDI)).isPresent();
    }

    @Test
    void a_probability_strikes_about_so_often() {
        // Given
        switchOn("{\"kind\":\"rate_limited\",\"probability\":0.2}");

        // When
        long struck = IntStream.range(0, 10_000)
                .filter(_ -> faults.strike(MERAH_TO_ANI).isPresent())
                .count();

        // Then
        assertThat(struck).isBetween(1_800L, 2_200L);
    }

    @Test
    void a_fault_that_makes_no_sense_is_refused() {
        assertThatThrownBy(() -> switchOn("{\"count\":1}")).hasMessageContaining("kind is missing");
        assertThatThrownBy(() -> switchOn("{\"kind\":\"reset\",\"count\":0}")).hasMessageContaining("count is below 1");
        assertThatThrownBy(() -> switchOn("{\"kind\":\"reset\",\"probability\":1.5}"))
                .hasMessageContaining("probability is outside 0 to 1");
    }

    private void switchOn(String fault) {
        faults.add(Json.read(fault, Fault.class));
    }
}
