package io.siaran.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.Attributes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {

    @ParameterizedTest
    @ValueSource(strings = {"D'Cruz", "A. Rahman", "Mohd-Faiz", "Nur Aina binti Ali", "陈美玲", "குமார்", "نور", "Ani 2"})
    void a_name_stays_as_written(String name) {
        assertThat(named(name).called()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "''",
                "'   '",
                "60123456789",
                "+60 12-345 6789",
                "(03) 1234.5678",
                "nothing",
                "-",
                "null",
                "N/A",
                "\u3164"
            },
            nullValues = "nothing")
    void what_is_no_name_is_called_cik(String name) {
        assertThat(named(name).called()).isEqualTo("Cik");
        assertThat(named(name).of(Variable.Known.NAME)).isEmpty();
        assertThat(named("x".repeat(61)).called()).isEqualTo("Cik");
    }

    @ParameterizedTest
    @CsvSource({"'  Ani \t Ali ', Ani Ali", "'Ani\nAli', Ani Ali", "'Ani\0', Ani"})
    void gaps_and_control_characters_become_one_space(String written, String name) {
        assertThat(named(written).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "Aina, Aina",
        "Nur Aina binti Ali, Nur",
        "A. Rahman, Rahman",
        "Dr. Tan, Tan",
        "Mohd-Faiz Ali, Mohd-Faiz",
        "陈 美玲, 陈",
        "A., A."
    })
    void the_first_name_is_the_first_word_that_is_no_initial(String name, String first) {
        assertThat(named(name).of(Variable.Known.FIRST_NAME)).contains(first);
    }

    @Test
    void an_attribute_is_what_the_tenant_keeps_or_none() {
        // Given
        Variables ani = new Variables("Ani", "60121111111", null, new Attributes(Map.of("plan", "gold\n plus")));

        // Then
        assertThat(ani.of(new Variable.Attribute("plan"))).contains("gold plus");
        assertThat(ani.of(new Variable.Attribute("city"))).isEmpty();
    }

    private static Variables named(String name) {
        return new Variables(name, "60121111111", null);
    }
}
