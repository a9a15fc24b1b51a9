package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "D'Cruz",
                "A. Rahman",
                "Mohd-Faiz",
                "Nur Aina binti Ali",
                "陈美玲",
                "குமார்",
                "نور",
                "Ani 2",
                "Nuno",
                "Null Tan",
                "Na",
                "Nan",
                "Nil",
                "Nonette",
                "Ani ❤️",
                "می‌خواهم",
                "Ali (Kedai)",
                "@ali",
                "🌸"
            })
    void a_name_stays_as_written(String name) {
        assertThat(PersonName.orNull(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "\u3164",
                "\u200b",
                "\u2800",
                "\u00a0",
                "\u00ad",
                "\u2060\ufeff",
                "\u115f",
                "\uffa0",
                "\ufe0f",
                "null",
                "NULL",
                "Null",
                " (null) ",
                "<null>",
                "N/A",
                "n/a",
                "#N/A",
                "N / A",
                "n.a.",
                "undefined",
                "[Undefined]",
                "none",
                "None",
                "NONE",
                "'none'",
                "unknown",
                "no name",
                "n\u200bull",
                "60123456789",
                "+60 12-345 6789",
                "(03) 1234.5678",
                "-",
                "?",
                "...",
                "１２３"
            })
    void what_shows_nothing_or_says_nothing_is_no_name(String written) {
        assertThat(PersonName.of(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'  Ani \t Ali ', Ani Ali",
        "'Ani\nAli', Ani Ali",
        "'Ani\0', Ani",
        "'\u200bAni\u00a0', Ani",
        "'\u202eAni\u202c', Ani"
    })
    void gaps_become_one_space_and_noise_goes(String written, String name) {
        assertThat(PersonName.orNull(written)).isEqualTo(name);
    }
}
