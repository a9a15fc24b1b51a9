package io.siaran.sequence.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");

    @Test
    void the_first_step_comes_at_once_and_the_others_a_day_later() {
        // Given
        Instant sent = Instant.parse("2026-03-02T04:00:00Z");

        // When
        Wait first = Wait.of(null, null, true);
        Wait other = Wait.of(null, null, false);

        // Then
        assertThat(first.after(sent, KUALA_LUMPUR)).isEqualTo(sent);
        assertThat(other.after(sent, KUALA_LUMPUR)).isEqualTo(sent.plus(Duration.ofDays(1)));
    }

    @ParameterizedTest
    @CsvSource({"0, PT0S", "0.5, PT30M", "0.0001, PT0.36S", "24, PT24H", "1.2345, PT1H14M4.2S"})
    void hours_are_decimal(BigDecimal hours, Duration delay) {
        assertThat(Wait.of(hours, null, false).delay()).isEqualTo(delay);
    }

    @ParameterizedTest(name = "sent {0}, {1} h later at {2} is {3}")
    @CsvSource({
        // The whole day, and seconds of pacing, hours of pacing.
        "2026-03-02T09:00, 24, 09:00, 2026-03-03T09:00",
        "2026-03-02T09:00:05, 24, 09:00, 2026-03-03T09:00",
        "2026-03-02T14:30, 24, 09:00, 2026-03-03T09:00",
        "2026-03-02T21:00, 24, 09:00, 2026-03-03T09:00",
        // So late that the next morning would be half a day after it: the timeline moves on by a day.
        "2026-03-02T21:01, 24, 09:00, 2026-03-04T09:00",
        "2026-03-03T00:30, 24, 09:00, 2026-03-04T09:00",
        // Nothing goes back before its cause.
        "2026-03-02T15:00, 0, 09:00, 2026-03-03T09:00",
        "2026-03-02T08:00, 0, 09:00, 2026-03-02T09:00",
        "2026-03-02T15:00, 2, 15:10, 2026-03-03T15:10",
        // Three days keep three days.
        "2026-03-02T09:00:05, 72, 09:00, 2026-03-05T09:00"
    })
    void a_time_of_day_moves_a_step_to_the_nearest(String sent, BigDecimal hours, LocalTime sendAt, String expected) {
        // When
        Instant due = Wait.of(hours, sendAt, false).after(local(sent, KUALA_LUMPUR), KUALA_LUMPUR);

        // Then
        assertThat(due).isEqualTo(local(expected, KUALA_LUMPUR));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // Spring: 02:30 does not exist on the 29th. Autumn: 02:30 comes twice on the 25th, the first one counts.
        "2026-03-28T02:30, 2026-03-29T03:30",
        "2026-10-24T02:30, 2026-10-25T02:30",
        "2026-10-25T02:30, 2026-10-26T02:30"
    })
    void a_change_of_the_clocks_loses_no_day(String sent, String expected) {
        // Given
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        // When
        Instant due = new Wait(Duration.ofHours(24), LocalTime.of(2, 30)).after(local(sent, berlin), berlin);

        // Then
        assertThat(due).isEqualTo(local(expected, berlin));
    }

    private static Instant local(String time, ZoneId zone) {
        return ZonedDateTime.of(LocalDateTime.parse(time), zone).toInstant();
    }
}
