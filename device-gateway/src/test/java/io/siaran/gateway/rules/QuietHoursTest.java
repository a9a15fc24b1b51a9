package io.siaran.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuietHoursTest {

    private static final List<Weekday> EVERY_DAY = List.of();

    @Test
    void hours_that_end_when_they_begin_never_end_but_for_whole_named_days() {
        assertThat(hours(EVERY_DAY, "22:00", "22:00").neverEnd()).isTrue();
        assertThat(hours(List.of(Weekday.MONDAY), "22:00", "22:00").neverEnd()).isTrue();
        assertThat(hours(EVERY_DAY, "00:00", "00:00").neverEnd()).isTrue();
        assertThat(hours(List.of(Weekday.MONDAY), "00:00", "00:00").neverEnd()).isFalse();
        assertThat(hours(EVERY_DAY, "22:00", "21:59").neverEnd()).isFalse();
    }

    @Test
    void a_week_is_covered_only_where_no_minute_of_it_is_left() {
        // Given
        QuietHours night = hours(EVERY_DAY, "22:00", "07:00");
        QuietHours day = hours(EVERY_DAY, "07:00", "22:00");
        QuietHours shortDay = hours(EVERY_DAY, "07:01", "22:00");
        QuietHours weekdays = hours(
                List.of(Weekday.MONDAY, Weekday.TUESDAY, Weekday.WEDNESDAY, Weekday.THURSDAY, Weekday.FRIDAY),
                "00:00",
                "00:00");
        QuietHours weekend = hours(List.of(Weekday.SATURDAY, Weekday.SUNDAY), "00:00", "00:00");

        // When // Then
        assertThat(QuietHours.coverEveryWeek(List.of())).isFalse();
        assertThat(QuietHours.coverEveryWeek(List.of(night))).isFalse();
        assertThat(QuietHours.coverEveryWeek(List.of(night, day))).isTrue();
        assertThat(QuietHours.coverEveryWeek(List.of(night, shortDay))).isFalse();
        assertThat(QuietHours.coverEveryWeek(List.of(weekdays, weekend))).isTrue();
        assertThat(QuietHours.coverEveryWeek(List.of(weekdays))).isFalse();
    }

    private static QuietHours hours(List<Weekday> days, String from, String until) {
        return new QuietHours(days, LocalTime.parse(from), LocalTime.parse(until));
    }
}
