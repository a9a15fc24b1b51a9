package io.siaran.gateway.turn;

import java.time.Duration;

/** What a lane does after a turn. */
public sealed interface TurnEnd {

    /** The platform was called: the pause before the next message begins now. */
    record Called() implements TurnEnd {}

    /** The try ended without a call. */
    record NotCalled() implements TurnEnd {}

    /** The try could not begin yet: the same again after this time. */
    record TryAgain(Duration time) implements TurnEnd {}
}
