package io.siaran.sequence.batch;

import io.siaran.sql.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What failed as a whole, such as a crowd or a device, and is left alone for a while, after each failure in a row for longer. In the
 * memory of this instance: another one, or this one after a restart, may have more luck. A row at fault goes to {@link SetAside}, which
 * keeps the reason. May be used by several threads.
 */
public final class PutOff<U> {

    private final Clock clock;
    private final Backoff backoff;
    private final Map<U, Failures> failed = new ConcurrentHashMap<>();

    public PutOff(Clock clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Whether it is to be left alone now. */
    public boolean has(U unit) {
        Failures failures = failed.get(unit);
        return failures != null && clock.instant().isBefore(failures.until());
    }

    /** It failed, or failed again. */
    public void add(U unit) {
        Instant now = clock.instant();
        failed.compute(unit, (same, before) -> {
            int earlier = before == null ? 0 : before.inARow();
            return new Failures(earlier + 1, now.plus(backoff.pause(earlier)));
        });
    }

    /** It succeeded. */
    public void remove(U unit) {
        failed.remove(unit);
    }

    /** Forgets all others: they are gone, and would be kept for ever. */
    public void keepOnly(Set<U> those) {
        failed.keySet().retainAll(those);
    }

    private record Failures(int inARow, Instant until) {}
}
