package io.siaran.model;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * UUIDs that begin with a time in milliseconds, so that indexes and partitions follow time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562, sections 5.7 and 5.8</a>
 */
public final class TimeOrderedId {

    private static final long MAX_MILLIS = (1L << 48) - 1;

    private TimeOrderedId() {}

    /** A UUIDv7: 48 bits of time, 74 random bits. For every id but a message's. */
    public static UUID v7(Instant now, RandomGenerator random) {
        return assemble(now, 7, random.nextLong(), random.nextLong());
    }

    /** 48 bits of time, the version, the low 12 bits of {@code high} and the low 62 bits of {@code low}. */
    static UUID assemble(Instant time, int version, long high, long low) {
        long millis = time.toEpochMilli();
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("a time that fits in 48 bits of milliseconds, not " + time);
        }
        long mostSignificant = millis << 16 | (long) version << 12 | high & 0xFFF;
        long leastSignificant = 0b10L << 62 | low & 0x3FFF_FFFF_FFFF_FFFFL;
        return new UUID(mostSignificant, leastSignificant);
    }
}
