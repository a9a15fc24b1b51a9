package io.siaran.gateway.registration;

/**
 * What a device did and has to do; each is null where it is not known.
 *
 * @param today what it said today
 * @param queue what waits for it
 * @param health how well it is
 */
record Lately(TodayView today, WaitingMessages queue, HealthView health) {

    /** Of a device that was registered just now, or deleted. */
    static final Lately UNKNOWN = new Lately(null, null, null);
}
