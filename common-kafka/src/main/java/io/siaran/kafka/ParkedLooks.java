package io.siaran.kafka;

import io.siaran.kafka.ParkedRecords.Parked;
import io.siaran.model.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * When a process reads what is parked of a topic, and from where on: all of it at the first batch after its start, since that is when
 * the version changes; then once a minute what was parked since, because the pods of the version before go on parking until the last
 * of them is gone. What this version did not know once it will not know later, so a record is read again only while it is young.
 */
final class ParkedLooks {

    /** So that a topic of which nothing is parked costs one look at an index a minute. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** So that a batch never waits for more than 5,000 parked records, however many there are: the next one goes on with the rest. */
    private static final int MOST_PAGES = 10;

    private final Clock clock;
    private final Map<Topic, Place> places = new ConcurrentHashMap<>();

    ParkedLooks(Clock clock) {
        this.clock = clock;
    }

    /**
     * Looks where it is time to; of two threads one does.
     *
     * @param takeBehind takes the page behind this id, and gives what was read, the oldest first; where it throws, the next batch of
     *     the topic has it take the same page
     */
    void look(Topic topic, LongFunction<List<Parked>> takeBehind) {
        Place place = places.computeIfAbsent(topic, _ -> new Place());
        if (!place.looking.tryLock()) {
            return;
        }
        try {
            if (place.isToBeLookedAt(clock.instant())) {
                for (int pages = 0; pages < MOST_PAGES && !place.isThrough; pages++) {
                    place.goOnBehind(takeBehind.apply(place.read));
                }
            }
        } finally {
            place.looking.unlock();
        }
    }

    /** How far a topic has been read. */
    private static final class Place {

        private final ReentrantLock looking = new ReentrantLock();
        private Instant begun = Instant.MIN;
        private boolean isThrough = true;
        private long read;

        /** Up to here nothing can come to be seen any more, and everything has been read: this is never read again. */
        private long settled;

        private boolean allWereSettled;

        boolean isToBeLookedAt(Instant now) {
            if (isThrough && !now.isBefore(begun.plus(PAUSE))) {
                begun = now;
                isThrough = false;
                read = settled;
                allWereSettled = true;
            }
            return !isThrough;
        }

        void goOnBehind(List<Parked> page) {
            for (Parked parked : page) {
                // Once one is young, an older id may still come to be seen before it: what a later page shows settles
                // nothing.
                allWereSettled &= parked.isSettled();
                settled = allWereSettled ? parked.id() : settled;
                read = parked.id();
            }
            isThrough = page.size() < ParkedRecords.PAGE;
        }
    }
}
