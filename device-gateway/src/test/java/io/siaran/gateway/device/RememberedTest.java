package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RememberedTest {

    private final Remembered<String, Integer> remembered = new Remembered<>(2);

    @Test
    void of_more_than_so_many_whoever_was_not_asked_for_longest_is_forgotten() {
        // Given
        remembered.put("merah", 1);
        remembered.put("biru", 2);

        // When
        assertThat(remembered.get("merah")).contains(1);
        remembered.put("hijau", 3);

        // Then
        assertThat(remembered.get("biru")).isEmpty();
        assertThat(remembered.keys()).containsExactly("merah", "hijau");
    }

    @Test
    void what_is_changed_is_remembered_as_well_and_what_becomes_nothing_is_not() {
        // When
        remembered.change("merah", now -> now == null ? 1 : now + 1);
        remembered.change("merah", now -> now == null ? 1 : now + 1);
        remembered.change("biru", _ -> 7);
        remembered.change("hijau", _ -> 8);
        remembered.change("biru", _ -> null);

        // Then
        assertThat(remembered.keys()).containsExactly("hijau");
        remembered.forget("hijau");
        assertThat(remembered.keys()).isEmpty();
    }
}
