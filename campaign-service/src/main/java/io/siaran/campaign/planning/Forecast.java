package io.siaran.campaign.planning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a device has sent its share of a campaign, by its pace, its caps and the hours in which it sends. Pure.
 *
 * @param messages how many it is to send, with what is queued before them
 * @param minDelay the shortest pause before a message, in seconds
 * @param maxDelay the longest one
 * @param callTime what a message takes beside the pause
 * @param hourlyCap messages in any hour, or null
 * @param dailyCap messages on a day of the device's zone, or null
 */
record Forecast(
        long messages,
        int minDelay,
        int maxDelay,
        Duration callTime,
        Integer hourlyCap,
        Integer dailyCap,
        OpenHours hours) {

    private static final double HOUR_MILLIS = Duration.ofHours(1).toMillis();

    /** A forecast that is longer than that is none. */
    private static final int DAYS_AHEAD = 400;

    /** When the last message is sent; beyond 400 days as if it went on without a rest from then on. */
    Instant end(Instant begin) {
        return new Progress(begin, null).end();
    }

    /** How many it can send until then. */
    long capacity(Instant begin, Instant until) {
        return new Progress(begin, until).sent();
    }

    /**
     * How many more devices of the same kind on average it takes, so that all end by then.
     *
     * @param shares of the devices there are; none: nothing is known of any device
     */
    static long moreDevices(List<Forecast> shares, Instant begin, Instant until) {
        long missing = 0;
        long room = 0;
        for (Forecast share : shares) {
            long capacity = share.capacity(begin, until);
            missing += Math.max(0, share.messages() - capacity);
            room += capacity;
        }
        if (missing == 0) {
            return 0;
        }
        double average = Math.max(1, (double) room / shares.size());
        return (long) Math.ceil(missing / average);
    }

    private long pauseMillis() {
        return (minDelay + maxDelay) * 500L;
    }

    private double millisEach() {
        double pace = pauseMillis() + callTime.toMillis();
        return hourlyCap != null && hourlyCap > 0 ? Math.max(pace, HOUR_MILLIS / hourlyCap) : pace;
    }

    private long mostOfDay() {
        return dailyCap != null && dailyCap > 0 ? dailyCap : Long.MAX_VALUE;
    }

    /** Day by day, stretch by stretch. With a limit it counts all that fits, without one it stops at the last message. */
    private final class Progress {

        private final double each = millisEach();
        private final Instant limit;
        private long sent;
        private Instant now;

        Progress(Instant begin, Instant limit) {
            this.limit = limit;
            this.now = begin;
            OpenHours.Day day = hours.dayOf(begin);
            for (int i = 0; i < DAYS_AHEAD && isOpen(); i++, day = day.next()) {
                send(day, begin);
            }
            if (limit == null && sent < messages) {
                now = now.plusMillis(Math.round((messages - sent) * each));
            }
        }

        private boolean isOpen() {
            return limit == null ? sent < messages : now.isBefore(limit);
        }

        private void send(OpenHours.Day day, Instant begin) {
            long ofDay = mostOfDay();
            for (OpenHours.Stretch open : day.stretches()) {
                Instant from = open.from().isBefore(begin) ? begin : open.from();
                Instant until = limit != null && limit.isBefore(open.until()) ? limit : open.until();
                if (from.isBefore(until) && isOpen()) {
                    // A device that was silent makes no pause before its first message.
                    Instant silent = sent == 0 ? from.minusMillis(pauseMillis()) : from;
                    long fits = (long) (Duration.between(silent, until).toMillis() / each);
                    long some = Math.min(Math.min(fits, ofDay), limit == null ? messages - sent : Long.MAX_VALUE);
                    sent += some;
                    ofDay -= some;
                    now = silent.plusMillis(Math.round(some * each));
                }
            }
            if (isOpen()) {
                now = day.next().begin();
            }
        }

        long sent() {
            return sent;
        }

        Instant end() {
            return now;
        }
    }
}
