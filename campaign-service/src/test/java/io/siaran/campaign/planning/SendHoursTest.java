package io.siaran.campaign.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SendHoursTest {

    private static final ZoneId KL = ZoneId.of("Asia/Kuala_Lumpur");
    private static final Set<DayOfWeek> WORKING_DAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> EVERY_DAY = EnumSet.allOf(DayOfWeek.class);

    /** A Friday. */
    private static final String FRIDAY = "2027-11-26T";

    private final SendHours office = new SendHours(LocalTime.of(9, 0), LocalTime.of(18, 0), WORKING_DAYS, KL);

    @Test
    void they_begin_at_their_first_minute_and_end_before_their_last() {
        assertThat(office.areNow(local(FRIDAY + "08:59:59"))).isFalse();
        assertThat(office.areNow(local(FRIDAY + "09:00:00"))).isTrue();
        assertThat(office.areNow(local(FRIDAY + "17:59:59"))).isTrue();
        assertThat(office.areNow(local(FRIDAY + "18:00:00"))).isFalse();
        assertThat(office.areNow(local("2027-11-27T10:00:00"))).isFalse();
    }

    @Test
    void they_turn_at_the_next_beginning_or_end() {
        assertThat(office.turnAfter(local(FRIDAY + "08:00:00"))).isEqualTo(local(FRIDAY + "09:00:00"));
        assertThat(office.turnAfter(local(FRIDAY + "09:00:00"))).isEqualTo(local(FRIDAY + "18:00:00"));
        assertThat(office.turnAfter(local(FRIDAY + "18:00:00"))).isEqualTo(local("2027-11-29T09:00:00"));
    }

    @Test
    void days_that_meet_at_midnight_are_one_stretch() {
        // Given
        SendHours workingDays = new SendHours(LocalTime.MIDNIGHT, null, WORKING_DAYS, KL);
        SendHours always = new SendHours(LocalTime.MIDNIGHT, null, EVERY_DAY, KL);

        // Then
        assertThat(workingDays.changeAfter(local("2027-11-24T08:00:00"))).isEqualTo(local("2027-11-27T00:00:00"));
        assertThat(workingDays.changeAfter(local("2027-11-27T08:00:00"))).isEqualTo(local("2027-11-29T00:00:00"));
        assertThat(office.changeAfter(local(FRIDAY + "08:00:00"))).isEqualTo(local(FRIDAY + "09:00:00"));
        assertThat(office.changeAfter(local(FRIDAY + "09:00:00"))).isEqualTo(local(FRIDAY + "18:00:00"));
        assertThat(always.changeAfter(local(FRIDAY + "08:00:00"))).isNull();
    }

    @Test
    void whole_days_are_open_at_every_moment() {
        SendHours always = new SendHours(LocalTime.MIDNIGHT, null, EVERY_DAY, KL);
        assertThat(always.areNow(local("2027-11-27T00:00:00"))).isTrue();
        assertThat(always.areNow(local("2027-11-26T23:59:59"))).isTrue();
    }

    @Test
    void clocks_that_change_move_them_and_lose_none() {
        // Given
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        SendHours nights = new SendHours(LocalTime.of(2, 30), LocalTime.of(4, 0), EVERY_DAY, berlin);

        // Then
        assertThat(nights.turnAfter(Instant.parse("2027-03-27T23:30:00Z")))
                .isEqualTo(Instant.parse("2027-03-28T01:30:00Z"));
        assertThat(nights.areNow(Instant.parse("2027-03-28T01:59:00Z"))).isTrue();
        assertThat(nights.areNow(Instant.parse("2027-03-28T02:00:00Z"))).isFalse();
    }

    private static Instant local(String time) {
        return java.time.LocalDateTime.parse(time).atZone(KL).toInstant();
    }
}
