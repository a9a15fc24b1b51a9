package io.siaran.sql;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How old the oldest of what waits in a table is, for whoever watches; a table is looked at now and then, and between two looks the
 * age grows by the clock. While nobody can look it grows as well where nothing was found at last: whatever has come since waits,
 * and a zero that stays would say that all is well. Safe for use by several threads.
 */
public final class OldestAge {

    /** By {@link System#nanoTime}. */
    private volatile long lastLook = System.nanoTime();

    private volatile long oldestSince = lastLook;
    private volatile boolean waits;

    /** A look found something that has waited for so long. */
    public void is(Duration age) {
        long now = System.nanoTime();
        oldestSince = now - age.toNanos();
        lastLook = now;
        waits = true;
    }

    /** A look found that nothing waits. */
    public void isNone() {
        lastLook = System.nanoTime();
        waits = false;
    }

    /** A look failed. */
    public void isUnknown() {
        if (!waits) {
            oldestSince = lastLook;
            waits = true;
        }
    }

    /** 0 where nothing waits. */
    public double seconds() {
        return waits ? Math.max(0, System.nanoTime() - oldestSince) / (double) TimeUnit.SECONDS.toNanos(1) : 0;
    }
}
