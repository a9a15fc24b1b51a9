package io.siaran.gateway.lane;

import java.time.Duration;

/** What a lane does after a turn. */
sealed interface TurnEnd {

    /** The platform was called: the device is silent from now on for the next message's delay. */
    record Spoke() implements TurnEnd {}

    /** The try ended without a call. */
    record Silent() implements TurnEnd {}

    /** Not yet: the same again after this time. */
    record NotYet(Duration time) implements TurnEnd {}
}
