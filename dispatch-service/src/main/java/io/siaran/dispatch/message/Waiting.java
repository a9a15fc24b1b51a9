package io.siaran.dispatch.message;

import io.siaran.model.DeviceStatus;
import java.time.Instant;

/**
 * Why a pending message is not released, as far as anybody knows now.
 *
 * @param eligibleAt when that ends by itself; null when it takes somebody, or the messages before it
 */
record Waiting(WaitingFor reason, Instant eligibleAt) {

    /**
     * What is known of a message's device.
     *
     * @param status null when no snapshot of it came yet
     * @param heldUntil nothing is released for it before, or null
     * @param holdReason why, or null
     */
    record Device(DeviceStatus status, Instant heldUntil, WaitingFor holdReason) {}

    /**
     * What only somebody ends comes first, then whatever ends last.
     *
     * @param stopped whether all sending of its user is stopped
     * @param parked whether its plan is paused
     * @param behindEarlierRun whether its lead may still get the message of an earlier run
     */
    static Waiting of(
            Device device,
            boolean stopped,
            boolean parked,
            boolean behindEarlierRun,
            Instant scheduledAt,
            Instant dueAt,
            Instant now) {
        if (stopped) {
            return new Waiting(WaitingFor.STOPPED, null);
        }
        if (device.status() != DeviceStatus.ONLINE) {
            return new Waiting(WaitingFor.device(device.status()), null);
        }
        if (parked) {
            return new Waiting(WaitingFor.PLAN_PAUSED, null);
        }
        Instant heldUntil = device.heldUntil();
        if (heldUntil != null && heldUntil.isAfter(now) && !heldUntil.isBefore(dueAt)) {
            return new Waiting(device.holdReason(), heldUntil);
        }
        if (dueAt.isAfter(now)) {
            return new Waiting(dueAt.isAfter(scheduledAt) ? WaitingFor.RETRY_BACKOFF : WaitingFor.NOT_YET_DUE, dueAt);
        }
        return new Waiting(behindEarlierRun ? WaitingFor.EARLIER_RUN : WaitingFor.TURN, null);
    }
}
