package io.siaran.sequence.authoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTest {

    @ParameterizedTest
    @CsvSource({"P7D, 604800, P7D", "PT12H, 43200, PT12H", "PT48H, 172800, P2D", "none, , none"})
    void is_kept_in_seconds_and_answered_as_people_write_it(String text, Long seconds, String answer) {
        assertThat(Expiry.of(text).seconds()).isEqualTo(seconds);
        assertThat(Expiry.ofSeconds(seconds).text()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a week", "PT0S", "-P1D", "", "P3651D", "PT9223372036854775807S"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Expiry.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
