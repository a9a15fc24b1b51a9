package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhonePartTest {

    @ParameterizedTest(name = "{0} is looked for as {1}")
    @CsvSource({
        "012-345 6701, 123456701",
        "+60 12-345, 6012345",
        "0060123, 60123",
        "(03) 2161, 32161",
        "6701, 6701",
        "Ani, ''",
        "A123, ''",
        "0, ''"
    })
    void what_is_typed_becomes_digits_of_the_international_number(String typed, String expected) {
        assertThat(PhonePart.of(typed)).isEqualTo(expected);
    }
}
