package io.siaran.gateway.linking;

import io.siaran.gateway.device.Health;
import io.siaran.gateway.provider.LinkPort.Standing;
import io.siaran.model.WireEnum;

/** How far a phone's link is. */
enum LinkState implements WireEnum {
    /** It goes on by itself: ask again. */
    CONNECTING,
    /** A code is shown, and waits for somebody who scans it. */
    SCAN,
    LINKED,
    /** It came to an end, or never began: it must be begun. */
    ENDED,
    /** Whoever would know does not answer now. */
    UNREACHABLE;

    static LinkState of(Standing standing) {
        return switch (standing.health()) {
            case Health.Connected _ -> LINKED;
            case Health.CannotBeAsked _ -> UNREACHABLE;
            case Health.NotConnected _, Health.Refused _ ->
                standing.qr().isPresent() ? SCAN : standing.underway() ? CONNECTING : ENDED;
        };
    }
}
