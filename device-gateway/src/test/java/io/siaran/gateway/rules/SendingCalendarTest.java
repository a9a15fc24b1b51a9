package io.siaran.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeferReason;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SendingCalendarTest {

    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final QuietHours NIGHT = new QuietHours(List.of(), LocalTime.of(22, 0), LocalTime.of(7, 0));

    @Property(tries = 400)
    void the_next_open_instant_is_open_and_nothing_earlier_is(
            @ForAll("calendars") SendingCalendar calendar, @ForAll("instants") Instant from) {
        // When
        Instant next = calendar.nextOpen(from);

        // Then
        assertThat(next).isAfterOrEqualTo(from);
        if (Duration.between(from, next).compareTo(SendingCalendar.HORIZON) < 0) {
            assertThat(calendar.at(next).closed()).isEmpty();
        }
        for (Instant t = from; t.isBefore(next); t = t.plus(Duration.ofMinutes(7))) {
            assertThat(isQuiet(calendar, t)).as("%s", t).isTrue();
        }
        assertThat(next.equals(from) || isQuiet(calendar, next.minusNanos(1))).isTrue();
    }

    @Property(tries = 400)
    void waiting_longer_never_ends_earlier(
            @ForAll("calendars") SendingCalendar calendar,
            @ForAll("instants") Instant from,
            @ForAll("whiles") Duration later) {
        assertThat(calendar.nextOpen(from.plus(later))).isAfterOrEqualTo(calendar.nextOpen(from));
    }

    @Property(tries = 400)
    void a_segment_holds_its_instant_says_one_thing_throughout_and_stays_within_a_day(
            @ForAll("calendars") SendingCalendar calendar, @ForAll("instants") Instant at) {
        // When
        Segment segment = calendar.at(at);

        // Then
        assertThat(at).isBetween(segment.from(), segment.until()).isNotEqualTo(segment.until());
        for (Instant t = segment.from(); t.isBefore(segment.until()); t = t.plus(Duration.ofMinutes(7))) {
            assertThat(isQuiet(calendar, t)).isEqualTo(segment.closed().isPresent());
            assertThat(LocalDate.ofInstant(t, calendar.zone())).isEqualTo(segment.day());
        }
    }

    @Example
    void a_night_is_over_at_seven() {
        // Given
        SendingCalendar calendar = new SendingCalendar(KUALA_LUMPUR, List.of(NIGHT), Set.of());

        // When // Then
        assertThat(calendar.nextOpen(local("2026-11-23T23:10"))).isEqualTo(local("2026-11-24T07:00"));
        assertThat(calendar.nextOpen(local("2026-11-24T06:59:59.999"))).isEqualTo(local("2026-11-24T07:00"));
        assertThat(calendar.nextOpen(local("2026-11-24T21:59"))).isEqualTo(local("2026-11-24T21:59"));
    }

    @Example
    void quiet_hours_of_a_friday_night_reach_into_saturday_only() {
        // Given
        QuietHours friday = new QuietHours(List.of(Weekday.FRIDAY), LocalTime.of(22, 0), LocalTime.of(7, 0));
        SendingCalendar calendar = new SendingCalendar(KUALA_LUMPUR, List.of(friday), Set.of());

        // When // Then (27 November 2026 is a Friday)
        assertThat(calendar.at(local("2026-11-28T06:00")).closed()).contains(DeferReason.QUIET_HOURS);
        assertThat(calendar.at(local("2026-11-27T06:00")).closed()).isEmpty();
        assertThat(calendar.at(local("2026-11-28T23:00")).closed()).isEmpty();
    }

    @Example
    void a_holiday_that_follows_a_night_is_waited_out_as_well() {
        // Given
        SendingCalendar calendar =
                new SendingCalendar(KUALA_LUMPUR, List.of(NIGHT), Set.of(LocalDate.parse("2026-12-25")));

        // When // Then
        assertThat(calendar.nextOpen(local("2026-12-24T22:30"))).isEqualTo(local("2026-12-26T07:00"));
        assertThat(calendar.at(local("2026-12-25T12:00")).closed()).contains(DeferReason.HOLIDAY);
    }

    @Example
    void an_hour_that_a_clock_change_skips_or_repeats_is_what_the_wall_shows() {
        // Given: New York goes from 2:00 to 3:00 on 8 March 2026, and from 2:00 back to 1:00 on 1 November 2026
        ZoneId newYork = ZoneId.of("America/New_York");
        QuietHours one = new QuietHours(List.of(), LocalTime.of(1, 0), LocalTime.of(2, 0));
        QuietHours two = new QuietHours(List.of(), LocalTime.of(1, 30), LocalTime.of(2, 30));
        SendingCalendar calendar = new SendingCalendar(newYork, List.of(one), Set.of());
        SendingCalendar skipping = new SendingCalendar(newYork, List.of(two), Set.of());

        // When // Then
        assertThat(calendar.nextOpen(Instant.parse("2026-11-01T05:10:00Z"))).isEqualTo("2026-11-01T07:00:00Z");
        assertThat(skipping.nextOpen(Instant.parse("2026-03-08T06:45:00Z"))).isEqualTo("2026-03-08T07:00:00Z");
    }

    @Example
    void who_is_quiet_all_week_is_asked_again_after_the_horizon() {
        // Given
        SendingCalendar calendar = new SendingCalendar(KUALA_LUMPUR, List.of(QuietHours.allDay(List.of())), Set.of());
        Instant now = local("2026-11-23T10:00");

        // When // Then
        assertThat(calendar.nextOpen(now)).isEqualTo(now.plus(SendingCalendar.HORIZON));
    }

    /** By the wall clock alone, without any of the arithmetic under test. */
    private static boolean isQuiet(SendingCalendar calendar, Instant instant) {
        LocalDateTime wall = LocalDateTime.ofInstant(instant, calendar.zone());
        return calendar.holidays().contains(wall.toLocalDate())
                || calendar.quiet().stream().anyMatch(hours -> hours.cover(wall));
    }

    @Provide
    Arbitrary<SendingCalendar> calendars() {
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "Asia/Kuala_Lumpur",
                        "America/New_York",
                        "Australia/Lord_Howe",
                        "Africa/Cairo",
                        "America/Havana",
                        "Pacific/Apia",
                        "UTC")
                .map(ZoneId::of);
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.MIDNIGHT.plusMinutes(quarter * 15L));
        Arbitrary<QuietHours> quiet = Combinators.combine(
                        Arbitraries.of(Weekday.values()).list().ofMaxSize(4), times, times)
                .as(QuietHours::new);
        Arbitrary<LocalDate> days = Arbitraries.integers().between(0, 364).map(LocalDate.parse("2026-01-01")::plusDays);
        return Combinators.combine(zones, quiet.list().ofMaxSize(3), days.set().ofMaxSize(4))
                .as(SendingCalendar::new);
    }

    /** Mostly around the clock changes of those zones. */
    @Provide
    Arbitrary<Instant> instants() {
        Arbitrary<Instant> anchors = Arbitraries.of(
                        "2026-03-08T06:30:00Z",
                        "2026-11-01T05:30:00Z",
                        "2026-04-04T15:00:00Z",
                        "2026-04-23T22:00:00Z",
                        "2026-10-29T21:00:00Z",
                        "2026-03-08T05:00:00Z",
                        "2026-06-15T12:00:00Z",
                        "2011-12-30T09:00:00Z")
                .map(Instant::parse);
        return Combinators.combine(anchors, Arbitraries.longs().between(-100_000, 100_000))
                .as((anchor, seconds) -> anchor.plusSeconds(seconds));
    }

    @Provide
    Arbitrary<Duration> whiles() {
        return Arbitraries.longs().between(0, 300_000).map(Duration::ofSeconds);
    }

    private static Instant local(String time) {
        return ZonedDateTime.of(LocalDateTime.parse(time), KUALA_LUMPUR).toInstant();
    }
}
