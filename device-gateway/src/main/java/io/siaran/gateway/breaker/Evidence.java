package io.siaran.gateway.breaker;

import java.time.Duration;

/** What a call that has ended says of its platform, its device and its contact. */
public sealed interface Evidence {

    /** The platform took the message: it serves this device. */
    record Served() implements Evidence {}

    /** The platform did its work, and refused this person. */
    record ContactRefused() implements Evidence {}

    /** The platform did its work, and refused what was to be sent. */
    record MessageRefused() implements Evidence {}

    /** The platform asks to be left alone for so long. */
    record Throttled(Duration asked) implements Evidence {}

    /** The platform works, and refuses the device. */
    record DeviceRefused() implements Evidence {}

    /** The platform failed it, could not be reached, or did not answer. */
    record Trouble() implements Evidence {}

    /** Nothing, since the platform was not called. */
    record None() implements Evidence {}
}
