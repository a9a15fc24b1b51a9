package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {

    private static final ContactName ANI = ContactName.of("Ani");

    @ParameterizedTest
    @ValueSource(strings = {"D'Cruz", "A. Rahman", "Mohd-Faiz", "Nur Aina binti Ali", "陈美玲", "குமார்", "نور"})
    void a_name_stays_as_written(String name) {
        assertThat(greeting(name)).contains(name);
    }

    @ParameterizedTest
    @CsvSource(
            value = {"''", "'   '", "60123456789", "+60 12-345 6789", "(03) 1234.5678", "NULL"},
            nullValues = "NULL")
    void who_has_no_name_is_called_cik(String name) {
        assertThat(greeting(name)).contains("Cik");
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
        "4, malam"
    })
    void the_greeting_fits_the_hour(int hour, String word) {
        // When
        Set<String> greetings = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            greetings.add(Greeting.draw(hour, ANI, new SplittableRandom(seed)));
        }

        // Then
        assertThat(greetings).hasSizeGreaterThanOrEqualTo(5).anyMatch(greeting -> greeting.contains(word));
        Set<String> others = new HashSet<>(Set.of("pagi", "tengah hari", "petang", "malam"));
        others.remove(word);
        assertThat(greetings).noneMatch(greeting -> others.stream().anyMatch(greeting::contains));
    }

    private static String greeting(String name) {
        return Greeting.draw(9, ContactName.of(name), new SplittableRandom(1));
    }
}
