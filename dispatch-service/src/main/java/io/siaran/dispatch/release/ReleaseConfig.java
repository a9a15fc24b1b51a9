package io.siaran.dispatch.release;

import io.siaran.dispatch.queue.ReleaseTerms;
import io.siaran.model.DelayRange;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** {@code siaran.release.*}: the defaults stand in {@code application.properties}. */
@ConfigMapping(prefix = "siaran.release")
interface ReleaseConfig {

    /** False: this replica takes messages in and settles them, and leaves releasing to others. */
    boolean enabled();

    /** How often the worker looks when nothing wakes it. */
    Duration interval();

    /** Devices that one transaction leases. */
    @Min(1)
    int devices();

    /** Messages of a device in flight, at most. */
    @Min(1)
    int window();

    /** Beyond a device's first message, only what fits in so much longest pause is in flight. */
    Duration pauseInFlight();

    /** How much later than its pauses say a turn may begin. */
    Duration startGrace();

    /** The longest time-out of the gateway's calls; the lease outlasts it. */
    Duration callTimeout();

    /** What the lease leaves for the outcome's way back. */
    Duration outcomeGrace();

    /** From when on a campaign's message stands among the steps. */
    Duration campaignsAgeAfter();

    /** How often lapsed and stopped tries are looked for. */
    Duration recallInterval();

    /** How often expired messages are looked for. */
    Duration expiryInterval();

    /** How often whatever changed what may be sent is looked for. */
    Duration reconcileInterval();

    /** How soon the gateway is asked again for a try that it did not answer. */
    Duration recallAgain();

    /** Messages that one transaction of an engine changes. */
    @Min(1)
    int batch();

    default ReleaseTerms terms() {
        return new ReleaseTerms(
                devices(),
                window(),
                pauseInFlight(),
                startGrace(),
                callTimeout().plus(outcomeGrace()),
                DelayRange.DEFAULT,
                campaignsAgeAfter());
    }
}
