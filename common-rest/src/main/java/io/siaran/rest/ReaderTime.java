package io.siaran.rest;

import java.time.Duration;

/**
 * How long who reads a file is still waited for: some time in all, and as long as a slow line takes for what was sent. One who takes a byte
 * now and then has no more than that; a file of any length reaches one who reads on. What the file itself takes to be
 * made is no matter here.
 */
final class ReaderTime {

    private final long patience;
    private final long bytesPerSecond;
    private long earned;
    private long waited;

    ReaderTime(Duration patience, long bytesPerSecond) {
        this.patience = patience.toNanos();
        this.bytesPerSecond = Math.max(1, bytesPerSecond);
    }

    /** Never below zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, patience + earned - waited));
    }

    /** @param nanos how long they were waited for */
    void took(long bytes, long nanos) {
        earned += (long) (bytes * 1e9 / bytesPerSecond);
        waited += nanos;
    }
}
