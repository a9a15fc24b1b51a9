package io.siaran.trace;

import io.siaran.model.MessageId;

/** Which messages are traced: decided by the id alone, so that every service decides the same without being told. */
record Share(double part) {

    Share {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException("siaran.tracing.share is 0 to 1, not " + part);
        }
    }

    boolean holds(MessageId id) {
        // The upper 53 of mixed bits: an id begins with a time and has fixed bits in both halves, so its own are no
        // share.
        long mixed = mix(id.value().getMostSignificantBits() * 31 + id.value().getLeastSignificantBits());
        return (mixed >>> 11) * 0x1.0p-53 < part;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d049bb133111ebL;
        return twice ^ (twice >>> 31);
    }
}
