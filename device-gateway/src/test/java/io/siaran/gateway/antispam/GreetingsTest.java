package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.template.Variables;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingsTest {

    private static final Variables ANI = new Variables("Ani", "60121111111", null);

    @ParameterizedTest
    @ValueSource(strings = {"D'Cruz", "A. Rahman", "Mohd-Faiz", "Nur Aina binti Ali", "陈美玲", "குமார்", "نور"})
    void a_name_stays_as_written(String name) {
        assertThat(drawn(List.of(), 9, named(name))).allMatch(greeting -> greeting.contains(name));
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "'   '", "60123456789", "+60 12-345 6789", "NULL"},
            nullValues = "NULL")
    void who_has_no_name_is_called_cik_and_there_in_english(String name) {
        assertThat(drawn(List.of(), 9, named(name))).allMatch(greeting -> greeting.contains("Cik"));
        assertThat(drawn(List.of("en"), 9, named(name))).allMatch(greeting -> greeting.contains("there"));
    }

    @ParameterizedTest
    @CsvSource({
        "5, pagi",
        "11, pagi",
        "12, tengah hari",
        "13, tengah hari",
        "14, petang",
        "18, petang",
        "19, malam",
        "23, malam",
        "0, malam",
        "4, malam"
    })
    void the_greeting_fits_the_hour(int hour, String word) {
        // When
        Set<String> greetings = drawn(List.of(), hour, ANI);

        // Then
        assertThat(greetings).hasSizeGreaterThanOrEqualTo(5).anyMatch(greeting -> greeting.contains(word));
        Set<String> others = new HashSet<>(Set.of("pagi", "tengah hari", "petang", "malam"));
        others.remove(word);
        assertThat(greetings).noneMatch(greeting -> others.stream().anyMatch(greeting::contains));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 5, 11, 12, 17, 18, 23})
    void every_standard_set_has_several_greetings_for_each_hour(int hour) {
        assertThat(drawn(List.of("en"), hour, ANI)).hasSizeGreaterThanOrEqualTo(5);
        assertThat(drawn(List.of("ms", "en"), hour, ANI)).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void a_device_greets_in_its_own_words_at_their_hours() {
        // Given
        List<String> own = List.of("6-10 Pagi {{first_name}}!", "22-2 {Psst|Hei} {{name|kawan}}", "Apa cerita");

        // Then
        assertThat(drawn(own, 8, ANI)).containsExactlyInAnyOrder("Pagi Ani!", "Apa cerita");
        assertThat(drawn(own, 15, ANI)).containsExactly("Apa cerita");
        assertThat(drawn(own, 1, named(""))).containsExactlyInAnyOrder("Psst kawan", "Hei kawan", "Apa cerita");
    }

    @Test
    void an_hour_that_none_of_its_own_words_fits_is_greeted_in_malay() {
        assertThat(drawn(List.of("6-10 Yo"), 15, ANI)).anyMatch(greeting -> greeting.contains("petang"));
    }

    @Test
    void words_that_are_no_template_are_said_as_written() {
        assertThat(drawn(List.of("Hai {"), 9, ANI)).containsExactly("Hai {");
        assertThat(drawn(List.of("25-30 Hai"), 9, ANI)).containsExactly("25-30 Hai");
    }

    private static Variables named(String name) {
        return new Variables(name, "60121111111", null);
    }

    private static Set<String> drawn(List<String> own, int hour, Variables reader) {
        Set<String> greetings = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            greetings.add(Greetings.of(own).draw(hour, reader, new SplittableRandom(seed)));
        }
        return greetings;
    }
}
