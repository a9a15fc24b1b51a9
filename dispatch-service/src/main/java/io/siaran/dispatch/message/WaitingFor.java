package io.siaran.dispatch.message;

import io.siaran.model.DeferReason;
import io.siaran.model.DeviceStatus;
import io.siaran.model.WireEnum;

/** What a pending message waits for, the first thing that stands in its way. */
public enum WaitingFor implements WireEnum {
    /** Somebody stopped all sending, of the user or of the fleet. */
    STOPPED,
    /** No snapshot of its device came yet. */
    DEVICE_UNKNOWN,
    /** Its device is not connected. */
    DEVICE_OFFLINE,
    /** An operator stopped its device. */
    DEVICE_PAUSED,
    /** The platform refused its device. */
    DEVICE_BANNED,
    /** Its campaign is paused, or its sequence inactive. */
    PLAN_PAUSED,
    /** Its time. */
    NOT_YET_DUE,
    /** Another try, after one that came back or failed. */
    RETRY_BACKOFF,
    /** The platform's throttle on its device. */
    RATE_LIMITED,
    /** The hours at which its device may speak. */
    QUIET_HOURS,
    /** The end of a holiday. */
    HOLIDAY,
    /** The next hour: its device has said enough in this one. */
    HOURLY_CAP,
    /** The next day: its device has said enough on this one. */
    DAILY_CAP,
    /** The next day: its device has said enough on this one to people who did not write first. */
    COLD_DAILY_CAP,
    /** The next day: its device has written to enough people whom its number never wrote to before. */
    FIRST_CONTACT_CAP,
    /** The end of WhatsApp's restriction of its device, which lets it write to nobody new; answers pass. */
    RESTRICTED,
    /** The next day: its device is young and may say only so much. */
    WARM_UP,
    /** The user's devices together have said enough for now. */
    USER_RATE,
    /** All devices of the installation together have said enough for now. */
    FLEET_RATE,
    /** The platform fails everything just now; it is asked again now and then, and what it fails meanwhile burns no attempt. */
    PLATFORM_TROUBLE,
    /** The gateway found its device not connected, whatever was told of it before. */
    DEVICE_NOT_ONLINE,
    /** The platform refused its device; an operator mends it. */
    DEVICE_REFUSED,
    /** Its device could not take a turn in time: too long a pause, or the clocks of gateway and queue disagree. */
    LATE_TURN,
    /** What becomes of the message that its lead, or its phone through another lead, may still get of an earlier run. */
    EARLIER_RUN,
    /** The messages before it on its device. */
    TURN;

    /** What messages wait for whose device a rule of sending holds. */
    public static WaitingFor hold(DeferReason reason) {
        return switch (reason) {
            case RATE_LIMITED -> RATE_LIMITED;
            case QUIET_HOURS -> QUIET_HOURS;
            case HOLIDAY -> HOLIDAY;
            case HOURLY_CAP -> HOURLY_CAP;
            case DAILY_CAP -> DAILY_CAP;
            case COLD_DAILY_CAP -> COLD_DAILY_CAP;
            case FIRST_CONTACT_CAP -> FIRST_CONTACT_CAP;
            case RESTRICTED -> RESTRICTED;
            case WARM_UP -> WARM_UP;
            case USER_RATE -> USER_RATE;
            case FLEET_RATE -> FLEET_RATE;
            case PLATFORM_TROUBLE -> PLATFORM_TROUBLE;
        };
    }

    /** Whether it holds only what goes to people who did not write to the device lately: an answer passes. */
    public boolean holdsColdOnly() {
        return this == HOURLY_CAP
                || this == DAILY_CAP
                || this == COLD_DAILY_CAP
                || this == WARM_UP
                || this == RESTRICTED;
    }

    /** @param status of a device that is not online; null when no snapshot of it came yet */
    static WaitingFor device(DeviceStatus status) {
        return switch (status) {
            case null -> DEVICE_UNKNOWN;
            case OFFLINE -> DEVICE_OFFLINE;
            case PAUSED -> DEVICE_PAUSED;
            case BANNED -> DEVICE_BANNED;
            case ONLINE -> throw new IllegalArgumentException("nothing waits for a device that is online");
        };
    }
}
