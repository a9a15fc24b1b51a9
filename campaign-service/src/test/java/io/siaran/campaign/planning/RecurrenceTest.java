package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.campaign.planning.Recurrence.Occurrence;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY;COUNT=3                     | 2027-02-27 | 2027-02-28 2027-03-01",
                "FREQ=DAILY;INTERVAL=10;UNTIL=20270320  | 2027-02-27 | 2027-03-09 2027-03-19",
                "FREQ=WEEKLY;COUNT=3                    | 2027-02-25 | 2027-03-04 2027-03-11",
                "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=5        | 2027-02-25 | 2027-03-01 2027-03-04 2027-03-08 2027-03-11",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;COUNT=4 | 2027-02-22 | 2027-02-28 2027-03-08 2027-03-14",
                "FREQ=MONTHLY;COUNT=4                   | 2027-01-31 | 2027-03-31 2027-05-31 2027-07-31",
                "FREQ=MONTHLY;INTERVAL=12;COUNT=2       | 2028-02-29 | 2032-02-29",
                "FREQ=DAILY;COUNT=1                     | 2027-02-27 | ''",
                "FREQ=DAILY;UNTIL=20270227              | 2027-02-27 | ''"
            })
    void the_days_are_those_of_the_rule(String rule, LocalDate first, String following) {
        // Given
        Optional<Occurrence> begin = Recurrence.of(rule.strip()).after(first);

        // Then
        String days = Stream.iterate(
                        begin,
                        Optional::isPresent,
                        each -> each.get().rule().after(each.get().day()))
                .map(each -> each.get().day().toString())
                .collect(Collectors.joining(" "));
        assertThat(days).isEqualTo(following);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;COUNT=3", "FREQ=MONTHLY;UNTIL=20270320", "FREQ=DAILY"})
    void a_rule_is_written_as_it_is_read(String rule) {
        assertThat(Recurrence.of(rule).text()).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "FREQ=YEARLY",
                "FREQ=DAILY;BYDAY=MO",
                "FREQ=WEEKLY;BYDAY=1MO",
                "FREQ=DAILY;COUNT=0",
                "INTERVAL=2",
                "FREQ=DAILY;COUNT=2;UNTIL=20270101",
                "FREQ=DAILY;UNTIL=2027-01-01",
                "FREQ=DAILY;FREQ=DAILY",
                "FREQ=DAILY;BYHOUR=3",
                "FREQ=DAILY;",
                "freq=daily",
                "FREQ=DAILY;COUNT=1001",
                "FREQ=WEEKLY;BYDAY="
            })
    void what_is_no_such_rule_is_refused(String rule) {
        assertThatThrownBy(() -> Recurrence.of(rule)).isInstanceOf(IllegalArgumentException.class);
    }
}
