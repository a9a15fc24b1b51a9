package io.siaran.dispatch.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.DeviceStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

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
        assertThat(Waiting.of(DeviceStatus.ONLINE, false, LATER, LATER, null, NOW))
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

    private static Waiting waiting(DeviceStatus device, boolean parked, Instant due, Instant heldUntil) {
        return Waiting.of(device, parked, BEFORE, due, heldUntil, NOW);
    }
}
