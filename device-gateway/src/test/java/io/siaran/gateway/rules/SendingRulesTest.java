package io.siaran.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.model.DeferReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SendingRulesTest {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final Instant REGISTERED = Instant.parse("2026-11-01T04:00:00Z");
    private static final WarmUp WARM_UP = new WarmUp(Map.of(0, 20, 3, 40, 7, 80, 30, 0));

    @Example
    void without_a_rule_the_frame_is_the_day_where_the_device_is() {
        // When
        Frame frame = rules(List.of(), Caps.NONE).frame(REGISTERED);

        // Then
        assertThat(frame.day()).isEqualTo(LocalDate.parse("2026-11-01"));
        assertThat(frame.from()).isEqualTo(Instant.parse("2026-10-31T16:00:00Z"));
        assertThat(frame.until()).isEqualTo(Instant.parse("2026-11-01T16:00:00Z"));
        assertThat(frame.dailyCap()).isNull();
    }

    @Example
    void a_frame_of_quiet_hours_lets_nothing_through() {
        // Given
        QuietHours night = new QuietHours(List.of(), LocalTime.of(22, 0), LocalTime.of(7, 0));

        // When
        Frame frame = rules(List.of(night), Caps.NONE).frame(Instant.parse("2026-11-23T15:00:00Z"));

        // Then
        assertThat(frame.until()).isEqualTo(frame.from());
    }

    @Example
    void a_device_warms_up_day_by_day_where_it_is_and_its_own_cap_goes_on_holding() {
        // Given
        SendingRules rules = rules(List.of(), Caps.of(null, 60, Optional.of(WARM_UP)));

        // When // Then: 1 November, 12:00 in Kuala Lumpur is day 0; day 3 begins at its midnight
        assertThat(rules.frame(REGISTERED).dailyCap()).isEqualTo(20);
        assertThat(rules.frame(Instant.parse("2026-11-03T15:59:59Z")).dailyCap())
                .isEqualTo(20);
        assertThat(rules.frame(Instant.parse("2026-11-03T16:00:00Z")).dailyCap())
                .isEqualTo(40);
        assertThat(rules.frame(Instant.parse("2026-11-03T16:00:00Z")).dailyReason())
                .isEqualTo(DeferReason.WARM_UP);
        assertThat(rules.frame(Instant.parse("2026-11-09T00:00:00Z")).dailyCap())
                .isEqualTo(60);
        assertThat(rules.frame(Instant.parse("2026-11-09T00:00:00Z")).dailyReason())
                .isEqualTo(DeferReason.DAILY_CAP);
        assertThat(rules.frame(Instant.parse("2027-01-09T00:00:00Z")).dailyCap())
                .isEqualTo(60);
    }

    @Property
    void a_cap_never_falls_while_a_device_warms_up(
            @ForAll @IntRange(max = 40) int age, @ForAll @IntRange(max = 40) int more) {
        // Given
        int cap = WARM_UP.cap(age).orElse(Integer.MAX_VALUE);

        // When
        int later = WARM_UP.cap(age + more).orElse(Integer.MAX_VALUE);

        // Then
        assertThat(later).isGreaterThanOrEqualTo(cap);
    }

    @Example
    void a_warm_up_that_falls_is_refused() {
        assertThatThrownBy(() -> new WarmUp(Map.of(0, 40, 3, 20))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WarmUp(Map.of(0, 0, 3, 20))).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void no_minute_sees_more_than_a_rate_and_its_burst(@ForAll @IntRange(min = 1, max = 3_000) int perMinute) {
        // Given
        Rate rate = new Rate("fleet", perMinute);
        Instant now = REGISTERED;
        Instant spokenTo = Instant.EPOCH;
        int said = 0;

        // When
        for (Instant end = now.plus(Duration.ofMinutes(1)); now.isBefore(end); now = now.plusMillis(10)) {
            while (!spokenTo.minus(rate.tolerance()).isAfter(now)) {
                spokenTo = (spokenTo.isAfter(now) ? spokenTo : now).plus(rate.interval());
                said++;
            }
        }

        // Then
        assertThat(said).isBetween(perMinute, perMinute + Math.max(1, perMinute / 6) - 1);
    }

    @Example
    void a_user_keeps_its_prayer_its_holidays_and_its_days_of_rest() {
        // Given: 27 November 2026 is a Friday; offices in Kedah rest on it
        UserRules selangor = new UserRules(List.of(), State.SELANGOR, true, true, null, 1);
        UserRules kedah = new UserRules(List.of(), State.KEDAH, true, false, null, 1);
        Holidays holidays =
                Holidays.read(List.of("2026-12-11 selangor fixed Birthday of the Sultan", "2026-12-25 * fixed Xmas"));

        // When // Then
        assertThat(closed(selangor, holidays, "2026-11-27T04:30:00Z")).contains(DeferReason.QUIET_HOURS);
        assertThat(closed(selangor, holidays, "2026-11-27T07:00:00Z")).isEmpty();
        assertThat(closed(selangor, holidays, "2026-11-29T07:00:00Z")).contains(DeferReason.QUIET_HOURS);
        assertThat(closed(selangor, holidays, "2026-12-11T01:00:00Z")).contains(DeferReason.HOLIDAY);
        assertThat(closed(kedah, holidays, "2026-12-10T01:00:00Z")).isEmpty();
        assertThat(closed(kedah, holidays, "2026-11-27T07:00:00Z")).contains(DeferReason.QUIET_HOURS);
        assertThat(closed(kedah, holidays, "2026-11-29T07:00:00Z")).isEmpty();
    }

    private static Optional<DeferReason> closed(UserRules user, Holidays holidays, String at) {
        List<QuietHours> quiet = user.quiet(List.of(), LocalTime.of(12, 15), LocalTime.of(14, 45));
        return new SendingRules(KUALA_LUMPUR, quiet, user.holidays(holidays), Caps.NONE, REGISTERED, List.of())
                .closed(Instant.parse(at));
    }

    private static SendingRules rules(List<QuietHours> quiet, Caps caps) {
        return new SendingRules(KUALA_LUMPUR, quiet, Set.<LocalDate>of(), caps, REGISTERED, List.of());
    }
}
