package io.siaran.dispatch.message;

import io.siaran.model.Wire;

/** What a pending message waits for, the first thing that stands in its way. */
enum WaitingFor implements Wire {
    /** No snapshot of its device came yet. */
    DEVICE_UNKNOWN,
    /** Its device is not connected. */
    DEVICE_OFFLINE,
    /** A person stopped its device. */
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
    /** The messages before it on its device. */
    TURN
}
