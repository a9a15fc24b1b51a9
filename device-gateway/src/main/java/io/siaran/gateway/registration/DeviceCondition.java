package io.siaran.gateway.registration;

import io.siaran.model.DeviceStatus;
import io.siaran.model.WireEnum;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is known of a device, finer than the status that other services see. Each says what comes after it; any other move is
 * a bug.
 */
enum DeviceCondition implements WireEnum {
    /** New, resumed, or with another credential or server: the next check decides. */
    UNCHECKED(DeviceStatus.OFFLINE),
    /** Linked and connected, as far as its platform says: it sends. */
    ONLINE(DeviceStatus.ONLINE),
    /** Its platform says that it is not connected. It comes back by itself, by connecting. */
    DISCONNECTED(DeviceStatus.OFFLINE),
    /** Its platform refuses to serve it: credential, subscription, link. Only news that can cure that brings it back. */
    REFUSED(DeviceStatus.OFFLINE),
    /** WhatsApp lets it write to nobody new for a time. Time brings it back. */
    RESTRICTED(DeviceStatus.OFFLINE),
    /** WhatsApp blocked the number. It stays so until somebody does something about it, or a probe is served. */
    BANNED(DeviceStatus.BANNED),
    /** An operator stopped it, and only an operator resumes it. */
    PAUSED(DeviceStatus.PAUSED);

    private final DeviceStatus status;

    DeviceCondition(DeviceStatus status) {
        this.status = status;
    }

    DeviceStatus status() {
        return status;
    }

    /** What may follow; staying is always possible. */
    Set<DeviceCondition> next() {
        return switch (this) {
            case PAUSED -> EnumSet.of(UNCHECKED);
            // A restricted or banned number that disconnects is not cured by connecting again.
            case RESTRICTED -> EnumSet.of(UNCHECKED, ONLINE, REFUSED, BANNED, PAUSED);
            case BANNED -> EnumSet.of(UNCHECKED, ONLINE, PAUSED);
            case UNCHECKED, ONLINE, DISCONNECTED, REFUSED -> EnumSet.complementOf(EnumSet.of(this));
        };
    }

    /** @throws IllegalStateException when this move is not legal */
    DeviceCondition to(DeviceCondition after) {
        if (after != this && !next().contains(after)) {
            throw new IllegalStateException("a device does not go from " + wire() + " to " + after.wire());
        }
        return after;
    }
}
