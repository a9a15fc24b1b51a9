package io.siaran.rest;

import java.time.Duration;

/**
 * How long who reads a file, or sends one, is still waited for: so much longer than a slow line takes. A file of any length reaches one who reads on; who
 * takes a byte now and then, or stops after he read fast, has no more than the patience. What the file itself takes to be made is no
 * matter here.
 */
final class ReaderTime {

    private final long patience;
    private final long bytesPerSecond;
    private long left;

    ReaderTime(Duration patience, long bytesPerSecond) {
        this.patience = patience.toNanos();
        this.bytesPerSecond = Math.max(1, bytesPerSecond);
        this.left = this.patience;
    }

    /** Never below zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, left));
    }

    /** @param nanos how long they were waited for */
    void took(long bytes, long nanos) {
        left = Math.min(patience, left - nanos + (long) (bytes * 1e9 / bytesPerSecond));
    }
}
