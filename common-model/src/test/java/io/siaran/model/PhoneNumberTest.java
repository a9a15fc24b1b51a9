package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"012-345 6789", "+60123456789", "60123456789", " +60 12-345 6789 ", "0123456789"})
    void any_spelling_of_a_number_becomes_the_same_digits(String spelling) {
        assertThat(PhoneNumber.parse(spelling, "MY").digits()).isEqualTo("60123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "12", "000", "+60 1", "99999999999999999999", "+1 555"})
    void a_number_that_cannot_exist_is_refused(String spelling) {
        assertThatThrownBy(() -> PhoneNumber.parse(spelling, "MY")).isInstanceOf(InvalidPhoneNumber.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+6281234567890", "6281234567890"})
    void a_foreign_number_is_read_with_or_without_its_plus(String spelling) {
        assertThat(PhoneNumber.parse(spelling, "MY").digits()).isEqualTo("6281234567890");
    }
}
