package io.siaran.gateway.breaker;

import io.siaran.model.DeferReason;
import java.time.Duration;
import java.util.Optional;

/**
 * What a call's end makes of its device.
 *
 * @param after the device's breaker from now on; empty: the call says nothing of it, and everything stays
 * @param hold what silences the device from now on; empty: nothing does
 * @param serves whether the platform is known to work: its host's breaker closes
 */
public record Judgement(Optional<Breaker> after, Optional<Hold> hold, boolean serves) {

    /** Of a call that was not made. */
    public static final Judgement NONE = new Judgement(Optional.empty(), Optional.empty(), false);

    /** For so long nothing goes to the device. */
    public record Hold(DeferReason reason, Duration time) {}

    /** Whether what the platform failed just now is the platform's fault, and not the message's. */
    public boolean blamesPlatform() {
        return hold.filter(each -> each.reason() == DeferReason.PLATFORM_TROUBLE)
                .isPresent();
    }

    // As columns, null where they say nothing.

    public Integer troubles() {
        return after.map(Breaker::troubles).orElse(null);
    }

    public Integer openings() {
        return after.map(Breaker::openings).orElse(null);
    }

    public Integer refusals() {
        return after.map(Breaker::refusals).orElse(null);
    }

    public Integer contactRefusals() {
        return after.map(Breaker::contactRefusals).orElse(null);
    }

    public Long holdMillis() {
        return hold.map(each -> each.time().toMillis()).orElse(null);
    }

    public DeferReason holdReason() {
        return hold.map(Hold::reason).orElse(null);
    }
}
