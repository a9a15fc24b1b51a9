package io.siaran.campaign.planning;

import java.time.Duration;
import java.util.List;

/**
 * When a device has sent its share of a campaign, by its pace and its caps. Pure. Nothing is known here of its quiet hours,
 * nor of what is queued on it.
 *
 * @param messages how many it is to send
 * @param minDelay the shortest pause before a message, in seconds
 * @param maxDelay the longest one
 * @param hourlyCap messages in any hour, or null
 * @param dailyCap messages in a day, or null
 */
record Forecast(long messages, int minDelay, int maxDelay, Integer hourlyCap, Integer dailyCap) {

    /** What a call to a platform takes beside the pause. */
    private static final double CALL_SECONDS = 1;

    private static final long DAY_SECONDS = 86_400;
    private static final long HOUR_SECONDS = 3_600;

    /** From the beginning to the last message. */
    Duration takes() {
        double each = (minDelay + maxDelay) / 2.0 + CALL_SECONDS;
        if (hourlyCap != null && hourlyCap > 0) {
            each = Math.max(each, (double) HOUR_SECONDS / hourlyCap);
        }
        long aDay = (long) (DAY_SECONDS / each);
        long cap = dailyCap != null && dailyCap > 0 ? Math.min(dailyCap, aDay) : aDay;
        long wholeDays = messages == 0 ? 0 : (messages - 1) / Math.max(1, cap);
        long rest = messages - wholeDays * cap;
        return Duration.ofSeconds(wholeDays * DAY_SECONDS + Math.round(rest * each));
    }

    /** How many it can send in that time. */
    long capacity(Duration within) {
        double each = (minDelay + maxDelay) / 2.0 + CALL_SECONDS;
        if (hourlyCap != null && hourlyCap > 0) {
            each = Math.max(each, (double) HOUR_SECONDS / hourlyCap);
        }
        long seconds = Math.max(0, within.toSeconds());
        long byPace = (long) (seconds / each);
        return dailyCap == null || dailyCap <= 0 ? byPace : Math.min(byPace, dailyCap * (seconds / DAY_SECONDS + 1));
    }

    /**
     * How many more devices of the same kind on average it takes, so that all end in that time.
     *
     * @param shares of the devices there are; none: nothing is known of any device
     */
    static long moreDevices(List<Forecast> shares, Duration within) {
        long missing = 0;
        long room = 0;
        for (Forecast share : shares) {
            long capacity = share.capacity(within);
            missing += Math.max(0, share.messages() - capacity);
            room += capacity;
        }
        if (missing == 0) {
            return 0;
        }
        double average = Math.max(1, (double) room / shares.size());
        return (long) Math.ceil(missing / average);
    }
}
