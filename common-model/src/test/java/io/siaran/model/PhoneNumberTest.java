package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "012-345 6789",
                "+60123456789",
                "60123456789",
                " +60 12-345 6789 ",
                "0123456789",
                "(012) 345 6789",
                "(012)3456789",
                "60 12-345 6789",
                "60 12 345 6789",
                "+60 (12) 345-6789",
                "+60 (0)12-345 6789",
                "(+60) 12-345 6789",
                "(+60)123456789",
                "012 - 345 - 6789",
                "012.345.6789",
                "+60.12.345.6789",
                "0060123456789",
                "123456789",
                "０１２３４５６７８９",
                "＋６０１２３４５６７８９",
                "٠١٢٣٤٥٦٧٨٩",
                "012\u2013345\u20116789",
                "012\u00a0345\u00a06789",
                "\u202a+60123456789\u202c",
                "\u200b0123456789\ufeff",
                "\t0123456789\n"
            })
    void any_spelling_of_a_number_becomes_the_same_digits(String spelling) {
        assertThat(PhoneNumber.parse(spelling, "MY").digits()).isEqualTo("60123456789");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "\u200b",
                "\u3164",
                "abc",
                "12",
                "000",
                "+60 1",
                "99999999999999999999",
                "+1 555",
                "0",
                "+",
                "-60123456789",
                "++60123456789",
                "012345678",
                "+012345678",
                "0123456789012345678901234567890123456789"
            })
    void a_number_that_cannot_exist_is_refused(String spelling) {
        assertThatThrownBy(() -> PhoneNumber.parse(spelling, "MY")).isInstanceOf(InvalidPhoneNumber.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "012-345XXXX # without letters",
                "+60123456XXX # without letters",
                "+62 812 3456 78 (Ali) # without letters",
                "1-800-FLOWERS # without letters",
                "012-345O789 # without letters",
                "tel:+60123456789 # without letters",
                "0123456736 x2 # without letters",
                "0123456736x2 # without letters",
                "03-2161 1235 ext 12 # without letters",
                "03-2161 1235 ext. 12 # without letters",
                "03-2161 1235 samb. 12 # without letters",
                "6.2812345671E10 # without letters",
                "62812345670.0 # without a decimal point",
                "62812345671.0 # without a decimal point",
                "62812345671.00 # without a decimal point",
                "62.812.345.671.0 # without a decimal point",
                "62.812345671 # without a decimal point",
                "0123456734;0133456734 # not several",
                "0123456734,0133456734 # not several",
                "0123456734/0133456734 # not several",
                "0123456734/35 # not several",
                "0123456734 & 0133456734 # not several",
                "0123456734 +60133456734 # not several",
                "0123456734 0133456734 # can exist",
                "03-2161 1235;ext=12 # without letters",
                "03-2161 1235,,12 # not several",
                "03-2161 1235 (12) # must be one phone number",
                "011-1234 567 (8) # must be one phone number",
                "(012 345 6789 # must be one phone number",
                "012) 345 6789 # must be one phone number",
                "012*345*6789 # must be one phone number",
                "=0123456789 # must be one phone number",
                "012_345_6789 # must be one phone number"
            })
    void what_is_more_or_else_than_one_number_is_refused_and_never_somebody_elses(String spelling, String why) {
        assertThatThrownBy(() -> PhoneNumber.parse(spelling, "MY"))
                .isInstanceOf(InvalidPhoneNumber.class)
                .hasMessageContaining(why);
    }

    @Test
    void an_extension_sign_or_a_second_line_is_refused() {
        for (String spelling :
                new String[] {"03-2161 1235 #12", "'0123456789", "0123456734\n0133456734", "0123456734\t35"}) {
            assertThatThrownBy(() -> PhoneNumber.parse(spelling, "MY")).isInstanceOf(InvalidPhoneNumber.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+6281234567890", "6281234567890", "+62 812-3456-7890", "0062 812 3456 7890"})
    void a_foreign_number_is_read_with_or_without_its_plus(String spelling) {
        assertThat(PhoneNumber.parse(spelling, "MY").digits()).isEqualTo("6281234567890");
    }

    @ParameterizedTest
    @CsvSource({
        "012-345 6789, true",
        "011-1234 5678, true",
        "+6281234567890, true",
        "+1 202 555 0123, true",
        "03-2161 1235, false",
        "1-300-88-2525, false",
        "1-800-88-8933, false"
    })
    void a_landline_and_a_service_number_are_no_mobile(String spelling, boolean mobile) {
        assertThat(PhoneNumber.parse(spelling, "MY").isMobile()).isEqualTo(mobile);
    }

    @Property
    void any_text_is_read_or_refused_and_what_is_read_has_its_digits_only(@ForAll String written) {
        try {
            PhoneNumber read = PhoneNumber.parse(written, "MY");
            assertThat(written.codePoints().noneMatch(Character::isLetter)).isTrue();
            assertThat(PhoneNumber.parse("+" + read.digits(), "MY")).isEqualTo(read);
        } catch (InvalidPhoneNumber refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
