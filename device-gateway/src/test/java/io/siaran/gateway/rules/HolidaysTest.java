package io.siaran.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidaysTest {

    @Test
    void states_are_taken_in_and_out() {
        // When
        Holidays holidays = Holidays.read(List.of("# a comment", "", "2026-11-08 *,-sarawak computed Deepavali"));

        // Then
        assertThat(holidays.of(State.JOHOR)).containsExactly(LocalDate.parse("2026-11-08"));
        assertThat(holidays.of(State.SARAWAK)).isEmpty();
    }

    @Test
    void a_line_that_cannot_be_read_is_named() {
        for (String wrong : List.of(
                "2026-02-30 * fixed No such day",
                "2026-02-01 atlantis fixed No such state",
                "2026-02-01 * probably No such kind",
                "2026-02-01 * fixed")) {
            assertThatThrownBy(() -> Holidays.read(List.of("# first", wrong)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("line 2");
        }
    }

    @Test
    void our_own_file_follows_its_rules() throws IOException {
        // When
        Holidays holidays = Holidays.read(ownLines());

        // Then
        for (State state : State.values()) {
            assertThat(holidays.of(state))
                    .contains(
                            LocalDate.parse("2026-05-01"),
                            LocalDate.parse("2026-08-31"),
                            LocalDate.parse("2026-09-16"),
                            LocalDate.parse("2026-12-25"),
                            LocalDate.parse("2027-05-01"),
                            LocalDate.parse("2027-08-31"),
                            LocalDate.parse("2027-09-16"),
                            LocalDate.parse("2027-12-25"));
        }
        assertThat(LocalDate.parse("2026-06-01").getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(LocalDate.parse("2027-06-07").getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(holidays.of(State.PERAK)).contains(LocalDate.parse("2026-11-06"), LocalDate.parse("2027-11-05"));
        assertThat(holidays.of(State.KELANTAN)).doesNotContain(LocalDate.parse("2026-02-18"));
    }

    private static List<String> ownLines() throws IOException {
        try (InputStream file = Holidays.class.getResourceAsStream("holidays-my.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
