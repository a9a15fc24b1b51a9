package io.siaran.gateway.registration;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.model.DeviceStatus;
import io.siaran.rest.Refusal;
import java.time.Instant;
import java.util.Objects;

/**
 * Whether a device may send, since when and why not. Its methods are the news that may come of a device; what changes
 * nothing returns the same state, with its old {@code since}. Pure.
 *
 * @param reason in words for an operator; null exactly when online
 * @param heldUntil a call was refused, so that a mere "connected" is no news before then: the check that says so after it
 *     lets the device go, and its next call is the probe. Null: nothing but what is asked of the platform counts
 * @param cause why its platform refuses it, which says what cures it; null where it does not
 */
record DeviceState(DeviceCondition condition, Instant since, String reason, Instant heldUntil, RefusalCause cause) {

    /** One that nobody refused. */
    DeviceState(DeviceCondition condition, Instant since, String reason, Instant heldUntil) {
        this(condition, since, reason, heldUntil, null);
    }

    DeviceState {
        Objects.requireNonNull(since, "since");
        if ((condition == DeviceCondition.ONLINE) != (reason == null)) {
            throw new IllegalArgumentException("exactly a device that is not online says why");
        }
        if (cause != null && condition == DeviceCondition.ONLINE) {
            throw new IllegalArgumentException("a device that sends is not refused");
        }
        if (heldUntil != null && (condition == DeviceCondition.ONLINE || condition == DeviceCondition.PAUSED)) {
            throw new IllegalArgumentException("a device that is held neither sends nor is paused");
        }
    }

    DeviceStatus status() {
        return condition.status();
    }

    /** A new device waits for its first check. */
    static DeviceState registered(Instant now) {
        return new DeviceState(DeviceCondition.UNCHECKED, now, "not checked yet", null, null);
    }

    /** What its platform answered when it was asked. It moves every device but a paused one. */
    DeviceState observed(Health health, Instant now) {
        if (condition == DeviceCondition.PAUSED) {
            return this;
        }
        return switch (health) {
            case Health.Connected() -> isHeld(now) ? this : to(DeviceCondition.ONLINE, now, null, null, null);
            case Health.NotConnected(String why) -> disconnected(why, now);
            case Health.Refused(RefusalCause cause, String why) ->
                cause == RefusalCause.DISCONNECTED ? disconnected(why, now) : toIfLegal(cause, now, why, heldUntil);
            // It says nothing of the device. One that was never asked says why it is not online yet.
            case Health.CannotBeAsked unasked ->
                condition == DeviceCondition.UNCHECKED ? to(condition, now, unasked.detail(), heldUntil, cause) : this;
        };
    }

    /**
     * Its platform tells by itself that it connected, which may be old news: that lifts whatever connecting can cure, and what
     * no hold keeps any longer, and the next check decides.
     */
    DeviceState reconnected(Instant now) {
        return switch (condition) {
            case DISCONNECTED, REFUSED, BANNED -> isHeld(now) && !isCuredByConnecting() ? this : registered(now);
            // Only time, or a person, ends a restriction.
            case RESTRICTED, PAUSED, UNCHECKED, ONLINE -> this;
        };
    }

    /** A call was refused for that cause: it sends no more before {@code until}, whatever checks say meanwhile. */
    DeviceState refused(RefusalCause cause, String why, Instant until, Instant now) {
        return toIfLegal(cause, now, why, until);
    }

    /** Another number or another server: the state of a new device, unless an operator paused it. */
    DeviceState rebound(Instant now) {
        return condition == DeviceCondition.PAUSED ? this : registered(now);
    }

    DeviceState paused(Instant now) {
        return to(DeviceCondition.PAUSED, now, "paused by an operator", null, null);
    }

    /**
     * An operator says that it may go on, whatever held it; it sends again once its platform says that it is connected.
     *
     * @throws Refusal (a 409) when nothing holds it
     */
    DeviceState resumed(Instant now) {
        boolean isStopped = switch (condition) {
            case PAUSED, REFUSED, RESTRICTED, BANNED -> true;
            case UNCHECKED, ONLINE, DISCONNECTED -> heldUntil != null;
        };
        if (!isStopped) {
            throw Refusal.conflict("the device is neither paused nor held");
        }
        return registered(now);
    }

    /** That it is disconnected now means that connecting again will be news; but for what connecting does not cure. */
    private DeviceState disconnected(String why, Instant now) {
        if (condition == DeviceCondition.BANNED || isHeld(now) && !isCuredByConnecting()) {
            return this;
        }
        if (condition == DeviceCondition.RESTRICTED) {
            return registered(now);
        }
        // Whoever is logged out is not connected: that says less than what is known.
        return condition == DeviceCondition.REFUSED && cause == RefusalCause.LOGGED_OUT
                ? to(condition, now, reason, null, cause)
                : to(DeviceCondition.DISCONNECTED, now, why, null, null);
    }

    private boolean isCuredByConnecting() {
        return switch (condition) {
            case REFUSED, DISCONNECTED -> cause == null || cause.isCuredByConnecting();
            case RESTRICTED, BANNED -> false;
            case UNCHECKED, ONLINE, PAUSED -> true;
        };
    }

    private boolean isHeld(Instant now) {
        return heldUntil != null && now.isBefore(heldUntil);
    }

    private static DeviceCondition conditionOf(RefusalCause cause) {
        return switch (cause) {
            case CREDENTIAL, UNKNOWN_DEVICE, LOGGED_OUT, LICENCE -> DeviceCondition.REFUSED;
            case DISCONNECTED -> DeviceCondition.DISCONNECTED;
            case TIMELOCK -> DeviceCondition.RESTRICTED;
            case BANNED -> DeviceCondition.BANNED;
        };
    }

    /** What a platform says of a device that may not go there changes nothing: it is stopped for a stronger reason. */
    private DeviceState toIfLegal(RefusalCause newest, Instant now, String why, Instant until) {
        DeviceCondition next = conditionOf(newest);
        return condition == next || condition.next().contains(next) && condition != DeviceCondition.PAUSED
                ? to(next, now, why, until, newest)
                : this;
    }

    private DeviceState to(DeviceCondition next, Instant now, String why, Instant until, RefusalCause newest) {
        boolean same = condition == next && Objects.equals(reason, why);
        if (same && Objects.equals(heldUntil, until) && cause == newest) {
            return this;
        }
        return new DeviceState(condition.to(next), same ? since : now, why, until, newest);
    }
}
