package io.siaran.gateway.turn;

import java.time.Duration;

/** What a lane does after a turn. */
public sealed interface TurnEnd {

    /** The platform was called: the pause before the next message begins now. */
    record Called() implements TurnEnd {}

    /** The try ended without a call. */
    record NotCalled() implements TurnEnd {}

    /**
     * The try ended, called or not, and its device is held: what waits behind it asks at once, without its pause, so that it
     * is given back and dispatch holds it instead.
     */
    record Held() implements TurnEnd {}

    /** The try could not begin yet: the same again after this time. */
    record TryAgain(Duration time) implements TurnEnd {}
}
