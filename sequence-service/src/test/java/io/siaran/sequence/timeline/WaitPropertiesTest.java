package io.siaran.sequence.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WaitPropertiesTest {

    /** A clock that never changes, three that do (north, south, by half an hour), and one beyond the date line. */
    private static final List<String> ZONES = List.of(
            "Asia/Kuala_Lumpur", "Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Kiritimati");

    @Property
    void no_wait_loses_more_than_half_of_itself_nor_more_than_half_a_day(
            @ForAll("moments") Instant previous,
            @ForAll("delays") Duration delay,
            @ForAll("times") LocalTime sendAt,
            @ForAll("zones") ZoneId zone) {
        // When
        Instant due = new Wait(delay, sendAt).after(previous, zone);

        // Then
        Duration kept = Duration.between(previous, due);
        assertThat(kept).isGreaterThanOrEqualTo(delay.dividedBy(2));
        assertThat(kept).isGreaterThanOrEqualTo(delay.minusHours(12));
    }

    @Property
    void no_wait_grows_by_more_than_a_day_and_a_change_of_the_clocks(
            @ForAll("moments") Instant previous,
            @ForAll("delays") Duration delay,
            @ForAll("times") LocalTime sendAt,
            @ForAll("zones") ZoneId zone) {
        // When
        Instant due = new Wait(delay, sendAt).after(previous, zone);

        // Then
        assertThat(Duration.between(previous.plus(delay), due)).isLessThanOrEqualTo(Duration.ofHours(26));
    }

    @Property
    void the_local_time_is_the_one_asked_for_unless_the_clocks_skip_it(
            @ForAll("moments") Instant previous,
            @ForAll("delays") Duration delay,
            @ForAll("times") LocalTime sendAt,
            @ForAll("zones") ZoneId zone) {
        // When
        Instant due = new Wait(delay, sendAt).after(previous, zone);

        // Then
        LocalTime shown = due.atZone(zone).toLocalTime();
        boolean skipped = zone.getRules()
                .getValidOffsets(due.atZone(zone).toLocalDate().atTime(sendAt))
                .isEmpty();
        assertThat(skipped || shown.equals(sendAt)).isTrue();
    }

    @Property
    void who_was_sent_later_is_never_due_earlier(
            @ForAll("moments") Instant previous,
            @ForAll("delays") Duration later,
            @ForAll("delays") Duration delay,
            @ForAll("times") LocalTime sendAt,
            @ForAll("zones") ZoneId zone) {
        // Given
        Wait wait = new Wait(delay, sendAt);

        // When
        Instant due = wait.after(previous, zone);
        Instant dueLater = wait.after(previous.plus(later), zone);

        // Then
        assertThat(dueLater).isAfterOrEqualTo(due);
    }

    @Property
    void without_a_time_of_day_the_wait_is_exact(
            @ForAll("moments") Instant previous, @ForAll("delays") Duration delay, @ForAll("zones") ZoneId zone) {
        assertThat(new Wait(delay, null).after(previous, zone)).isEqualTo(previous.plus(delay));
    }

    @Provide
    Arbitrary<Instant> moments() {
        return Arbitraries.longs().between(1_767_225_600L, 1_893_456_000L).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Duration> delays() {
        return Arbitraries.longs().between(0, 40L * 86_400).map(Duration::ofSeconds);
    }

    @Provide
    Arbitrary<LocalTime> times() {
        return Arbitraries.integers().between(0, 1_439).map(minute -> LocalTime.ofSecondOfDay(minute * 60L));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(ZONES).map(ZoneId::of);
    }
}
