package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.siaran.model.QuietTime;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");

    /** A Friday, ten in the morning there. */
    private static final Instant TEN = Instant.parse("2030-11-29T02:00:00Z");

    private static final OpenHours ALWAYS = new OpenHours(Optional.empty(), List.of(), KUALA_LUMPUR);

    @Test
    void it_follows_pace_and_hourly_cap() {
        assertThat(device(0, 10, 30, null, null, ALWAYS).end(TEN)).isEqualTo(TEN);
        assertThat(device(100, 10, 30, null, null, ALWAYS).end(TEN)).isEqualTo(TEN.plusSeconds(2_080));
        assertThat(device(100, 0, 0, 10, null, ALWAYS).end(TEN)).isEqualTo(TEN.plus(Duration.ofHours(10)));
    }

    @Test
    void a_device_that_was_silent_makes_no_pause_before_its_first_message() {
        assertThat(device(1, 10, 30, null, null, ALWAYS).end(TEN)).isEqualTo(TEN.plusSeconds(1));
        assertThat(device(2, 10, 30, null, null, ALWAYS).end(TEN)).isEqualTo(TEN.plusSeconds(22));
        assertThat(device(2, 10, 30, null, null, ALWAYS).capacity(TEN, TEN.plusSeconds(21)))
                .isEqualTo(1);
    }

    @Test
    void a_daily_cap_lets_it_go_on_at_the_midnight_of_the_device() {
        assertThat(device(100, 9, 9, null, 100, ALWAYS).end(TEN)).isEqualTo(TEN.plusSeconds(991));
        assertThat(device(250, 9, 9, null, 100, ALWAYS).end(TEN)).isEqualTo(Instant.parse("2030-11-30T16:08:20Z"));
    }

    @Test
    void nothing_is_sent_in_quiet_hours_or_outside_of_the_campaigns_own() {
        // Given
        OpenHours quiet =
                new OpenHours(Optional.empty(), List.of(new QuietTime(List.of(), "12:00", "08:00")), KUALA_LUMPUR);
        OpenHours fridays = new OpenHours(
                Optional.of(new SendHours(
                        LocalTime.of(10, 0), LocalTime.of(11, 0), EnumSet.of(DayOfWeek.FRIDAY), KUALA_LUMPUR)),
                List.of(),
                KUALA_LUMPUR);

        // Then
        assertThat(device(720, 9, 9, null, null, quiet).end(TEN))
                .isEqualTo(TEN.plus(Duration.ofHours(2)).minusSeconds(9));
        assertThat(device(721, 9, 9, null, null, quiet).end(TEN)).isEqualTo(Instant.parse("2030-11-30T00:00:10Z"));
        assertThat(device(361, 9, 9, null, null, fridays).end(TEN))
                .isEqualTo(TEN.plus(Duration.ofDays(7)).plusSeconds(10));
    }

    @Test
    void quiet_hours_of_named_days_reach_into_the_next_morning_and_no_further() {
        // Given
        OpenHours thursdays = new OpenHours(
                Optional.empty(), List.of(new QuietTime(List.of("thursday"), "22:00", "10:30")), KUALA_LUMPUR);
        OpenHours saturdays = new OpenHours(
                Optional.empty(), List.of(new QuietTime(List.of("saturday"), "22:00", "10:30")), KUALA_LUMPUR);

        // Then
        assertThat(device(1, 9, 9, null, null, thursdays).end(TEN))
                .isEqualTo(TEN.plus(Duration.ofMinutes(30)).plusSeconds(1));
        assertThat(device(1, 9, 9, null, null, saturdays).end(TEN)).isEqualTo(TEN.plusSeconds(1));
    }

    @Test
    void a_day_with_hours_and_a_cap_has_no_more_than_both_let_through() {
        // Given
        OpenHours mornings = new OpenHours(
                Optional.of(new SendHours(
                        LocalTime.of(10, 0), LocalTime.of(11, 0), EnumSet.allOf(DayOfWeek.class), KUALA_LUMPUR)),
                List.of(),
                KUALA_LUMPUR);

        // Then
        assertThat(device(250, 9, 9, null, 100, mornings).end(TEN))
                .isEqualTo(TEN.plus(Duration.ofDays(2)).plusSeconds(500));
        assertThat(device(9_999, 9, 9, null, 100, mornings).capacity(TEN, TEN.plus(Duration.ofDays(3))))
                .isEqualTo(300);
        assertThat(device(9_999, 9, 9, null, null, mornings).capacity(TEN, TEN.plus(Duration.ofDays(1))))
                .isEqualTo(360);
    }

    @Test
    void hours_that_never_come_end_the_forecast_all_the_same() {
        // Given
        OpenHours never =
                new OpenHours(Optional.empty(), List.of(new QuietTime(List.of(), "00:00", "00:00")), KUALA_LUMPUR);

        // Then
        assertThat(device(10, 9, 9, null, null, never).end(TEN)).isAfter(TEN.plus(Duration.ofDays(398)));
        assertThat(device(10, 9, 9, null, null, never).capacity(TEN, TEN.plus(Duration.ofDays(30))))
                .isZero();
    }

    @Test
    void it_says_how_many_more_devices_it_takes() {
        // Given
        Forecast fast = device(100, 9, 9, null, null, ALWAYS);
        Forecast capped = device(100, 9, 9, null, 20, ALWAYS);
        Instant soon = TEN.plusSeconds(500);

        // Then
        assertThat(fast.capacity(TEN, soon)).isEqualTo(50);
        assertThat(capped.capacity(TEN, soon)).isEqualTo(20);
        assertThat(Forecast.moreDevices(List.of(fast), TEN, TEN.plusSeconds(1_000)))
                .isZero();
        assertThat(Forecast.moreDevices(List.of(fast), TEN, soon)).isEqualTo(1);
        assertThat(Forecast.moreDevices(List.of(fast, capped), TEN, soon)).isEqualTo(4);
        assertThat(Forecast.moreDevices(List.of(), TEN, TEN)).isZero();
    }

    /** A million leads on 3,000 devices, each pause drawn anew, as the gateway does; nothing waits. */
    @Test
    void it_is_within_a_tenth_of_what_a_fleet_does_that_draws_its_pauses() {
        // Given
        Random random = new Random(2_030);
        Duration forecast =
                Duration.between(TEN, device(333, 10, 30, null, null, ALWAYS).end(TEN));

        // When
        double slowest = IntStream.range(0, 3_000)
                .mapToDouble(_ -> random.doubles(333, 10, 30)
                        .map(pause -> pause + random.nextDouble(0.2, 1.8))
                        .sum())
                .max()
                .orElseThrow();

        // Then
        assertThat(slowest).isCloseTo(forecast.toSeconds(), withinPercentage(10));
    }

    private static Forecast device(long messages, int min, int max, Integer hourly, Integer daily, OpenHours hours) {
        return new Forecast(messages, min, max, Duration.ofSeconds(1), hourly, daily, hours);
    }
}
