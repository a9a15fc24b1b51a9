package io.siaran.dispatch.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeferReason;
import io.siaran.model.DeviceStatus;
import io.siaran.model.WireEnum;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WaitingTest {

    private static final Instant NOW = Instant.parse("2026-11-27T02:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void a_device_that_may_not_speak_is_told_first() {
        assertThat(waiting(null, true, BEFORE, LATER)).isEqualTo(new Waiting(WaitingFor.DEVICE_UNKNOWN, null));
        assertThat(waiting(DeviceStatus.OFFLINE, true, BEFORE, LATER))
                .isEqualTo(new Waiting(WaitingFor.DEVICE_OFFLINE, null));
        assertThat(waiting(DeviceStatus.PAUSED, true, BEFORE, LATER))
                .isEqualTo(new Waiting(WaitingFor.DEVICE_PAUSED, null));
        assertThat(waiting(DeviceStatus.BANNED, true, BEFORE, LATER))
                .isEqualTo(new Waiting(WaitingFor.DEVICE_BANNED, null));
    }

    @Test
    void a_paused_plan_ends_by_no_time() {
        assertThat(waiting(DeviceStatus.ONLINE, true, BEFORE, null))
                .isEqualTo(new Waiting(WaitingFor.PLAN_PAUSED, null));
    }

    @Test
    void a_time_to_come_is_told_with_its_cause() {
        assertThat(Waiting.of(held(DeviceStatus.ONLINE, null, null), false, false, false, LATER, LATER, NOW))
                .isEqualTo(new Waiting(WaitingFor.NOT_YET_DUE, LATER));
        assertThat(waiting(DeviceStatus.ONLINE, false, LATER, null))
                .isEqualTo(new Waiting(WaitingFor.RETRY_BACKOFF, LATER));
        assertThat(waiting(DeviceStatus.ONLINE, false, BEFORE, LATER))
                .isEqualTo(new Waiting(WaitingFor.RATE_LIMITED, LATER));
    }

    @Test
    void what_is_due_waits_for_its_turn() {
        assertThat(waiting(DeviceStatus.ONLINE, false, BEFORE, BEFORE)).isEqualTo(new Waiting(WaitingFor.TURN, null));
    }

    @Test
    void what_is_due_waits_for_the_message_that_its_lead_may_still_get_of_an_earlier_run() {
        var online = held(DeviceStatus.ONLINE, null, null);
        assertThat(Waiting.of(online, false, false, true, BEFORE, BEFORE, NOW))
                .isEqualTo(new Waiting(WaitingFor.EARLIER_RUN, null));
        assertThat(Waiting.of(online, false, false, true, LATER, LATER, NOW))
                .isEqualTo(new Waiting(WaitingFor.NOT_YET_DUE, LATER));
    }

    @ParameterizedTest
    @EnumSource(DeferReason.class)
    void a_device_that_may_not_speak_yet_says_why_and_until_when(DeferReason reason) {
        var device = held(DeviceStatus.ONLINE, LATER, WaitingFor.hold(reason));

        assertThat(Waiting.of(device, false, false, false, BEFORE, LATER, NOW))
                .isEqualTo(new Waiting(WireEnum.read(WaitingFor.class, reason.wire()), LATER));
    }

    @Test
    void a_stop_is_told_before_everything_else() {
        assertThat(Waiting.of(held(DeviceStatus.OFFLINE, null, null), true, true, false, BEFORE, LATER, NOW))
                .isEqualTo(new Waiting(WaitingFor.STOPPED, null));
    }

    @Test
    void what_ends_last_is_told() {
        var device = held(DeviceStatus.ONLINE, LATER, WaitingFor.QUIET_HOURS);
        Instant muchLater = LATER.plusSeconds(1);

        assertThat(Waiting.of(device, false, false, false, BEFORE, muchLater, NOW))
                .isEqualTo(new Waiting(WaitingFor.RETRY_BACKOFF, muchLater));
    }

    private static Waiting.Device held(DeviceStatus status, Instant until, WaitingFor reason) {
        return new Waiting.Device(status, until, reason);
    }

    private static Waiting waiting(DeviceStatus device, boolean parked, Instant due, Instant heldUntil) {
        return Waiting.of(held(device, heldUntil, WaitingFor.RATE_LIMITED), false, parked, false, BEFORE, due, NOW);
    }
}
