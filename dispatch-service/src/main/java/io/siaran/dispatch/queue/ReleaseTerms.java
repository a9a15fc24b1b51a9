package io.siaran.dispatch.queue;

import io.siaran.model.DelayRange;
import java.time.Duration;

/**
 * How much is released at once, and for how long; see architecture.md §6.
 *
 * @param devices how many one transaction leases
 * @param window messages of a device in flight, at most
 * @param pauseInFlight beyond a device's first message, only what fits in so much longest pause is in flight
 * @param startGrace how much later than the pauses say a turn may begin
 * @param leaseMargin from {@code not_after} to the end of the lease: the call, and the way back of its outcome
 * @param defaultDelay the pause when neither message nor device says
 * @param campaignsAgeAfter from when on a campaign's message stands among the steps
 */
public record ReleaseTerms(
        int devices,
        int window,
        Duration pauseInFlight,
        Duration startGrace,
        Duration leaseMargin,
        DelayRange defaultDelay,
        Duration campaignsAgeAfter) {

    /** The same for so many devices. */
    public ReleaseTerms withDevices(int fewer) {
        return new ReleaseTerms(fewer, window, pauseInFlight, startGrace, leaseMargin, defaultDelay, campaignsAgeAfter);
    }
}
