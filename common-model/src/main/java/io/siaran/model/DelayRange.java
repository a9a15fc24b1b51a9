package io.siaran.model;

/** From how many to how many whole seconds a device stays silent before its next message: 0 ≤ min ≤ max ≤ 3,600. */
public record DelayRange(int minSeconds, int maxSeconds) {

    /** When neither message nor device says otherwise: the pace of a person who types. */
    public static final DelayRange DEFAULT = new DelayRange(10, 30);

    public static final int LONGEST_SECONDS = Limits.DELAY_SECONDS;

    public DelayRange {
        if (minSeconds < 0 || minSeconds > maxSeconds || maxSeconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException(
                    "0 <= min <= max <= " + LONGEST_SECONDS + " seconds, not " + minSeconds + ".." + maxSeconds);
        }
    }

    /** So many times as long: by more than once at least that many seconds, also where there was no pause; the longest at most. */
    public DelayRange stretched(int factor) {
        return new DelayRange(stretched(minSeconds, factor), stretched(maxSeconds, factor));
    }

    private static int stretched(int seconds, int factor) {
        return factor <= 1 ? seconds : Math.min(Math.max(seconds, 1) * factor, LONGEST_SECONDS);
    }
}
