package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    @ParameterizedTest
    @CsvSource({"P7D, 604800, P7D", "PT12H, 43200, PT12H", "PT48H, 172800, P2D", "none, , none"})
    void is_the_same_as_text_and_in_seconds_and_answered_as_people_write_it(String text, Long seconds, String answer) {
        assertThat(Expiry.of(text).seconds()).isEqualTo(seconds);
        assertThat(Expiry.ofSeconds(seconds).text()).isEqualTo(answer);
        assertThat(Expiry.of(answer)).isEqualTo(Expiry.of(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a week", "7", "NONE", "PT0S", "-P1D", "PT0.5S", "PT1.5S", "", "P3651D", "PT9223372036854775807S"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Expiry.of(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void counts_from_the_planned_time() {
        // Given
        Instant ten = Instant.parse("2024-11-29T02:00:00Z");

        // Then
        assertThat(Expiry.DEFAULT.of(ten)).isEqualTo("2024-12-06T02:00:00Z");
        assertThat(Expiry.NEVER.of(ten)).isNull();
    }
}
