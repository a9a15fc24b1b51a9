package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.model.InvalidPhoneNumber;
import io.siaran.model.PhoneNumber;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "60123456786",
                "60123456786.0",
                "=\"60123456786\"",
                "'60123456786",
                " +60 12-345 6786 ",
                "0123456786"
            })
    void what_a_spreadsheet_did_to_a_phone_is_undone(String cell) {
        assertThat(read(cell)).isEqualTo("60123456786");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6.01E+11",
                "6,01E+11",
                "6.0123E11",
                "012-345XXXX",
                "0123456786 / 0198765432",
                "0123456786, 0198765432",
                "0123456786 0198765432",
                "60123456786.5",
                "=60123456786+1",
                "n/a",
                "#N/A"
            })
    void what_may_be_somebody_else_is_refused(String cell) {
        assertThatThrownBy(() -> read(cell)).isInstanceOfAny(IllegalArgumentException.class, InvalidPhoneNumber.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "=1+1|'=1+1",
                "+6012|'+6012",
                "-5|'-5",
                "@SUM(A1)|'@SUM(A1)",
                "'=x|''=x",
                "D'Cruz|D'Cruz",
                "'n Aap|'n Aap"
            })
    void a_text_is_no_formula_and_comes_back_as_it_was(String text, String guarded) {
        assertThat(CsvCell.guarded(text)).isEqualTo(guarded);
        assertThat(CsvCell.text(guarded)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "60123456786,60123456786",
        "6281234567890,6281234567890",
        "376312345,'''+376312345'",
        "67721234,'''+67721234'"
    })
    void a_number_comes_back_as_itself_though_its_digits_are_dialled_at_home_too(String digits, String cell) {
        assertThat(CsvCell.phone(new PhoneNumber(digits), "MY")).isEqualTo(cell);
        assertThat(read(cell)).isEqualTo(digits);
    }

    private static String read(String cell) {
        return PhoneNumber.parse(CsvCell.phone(cell), "MY").digits();
    }
}
