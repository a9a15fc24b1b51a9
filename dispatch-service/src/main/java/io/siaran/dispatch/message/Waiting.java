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
     * @param device null when no snapshot of it came yet
     * @param heldUntil the gateway's word that the device may not speak before, or null
     */
    static Waiting of(
            DeviceStatus device, boolean parked, Instant scheduledAt, Instant dueAt, Instant heldUntil, Instant now) {
        if (device != DeviceStatus.ONLINE) {
            return new Waiting(forDevice(device), null);
        }
        if (parked) {
            return new Waiting(WaitingFor.PLAN_PAUSED, null);
        }
        if (dueAt.isAfter(now)) {
            return new Waiting(dueAt.isAfter(scheduledAt) ? WaitingFor.RETRY_BACKOFF : WaitingFor.NOT_YET_DUE, dueAt);
        }
        if (heldUntil != null && heldUntil.isAfter(now)) {
            return new Waiting(WaitingFor.RATE_LIMITED, heldUntil);
        }
        return new Waiting(WaitingFor.TURN, null);
    }

    private static WaitingFor forDevice(DeviceStatus status) {
        return switch (status) {
            case null -> WaitingFor.DEVICE_UNKNOWN;
            case OFFLINE -> WaitingFor.DEVICE_OFFLINE;
            case PAUSED -> WaitingFor.DEVICE_PAUSED;
            case BANNED -> WaitingFor.DEVICE_BANNED;
            case ONLINE -> throw new IllegalArgumentException("nothing waits for a device that is online");
        };
    }
}
