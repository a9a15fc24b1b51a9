package io.siaran.rest;

import java.time.Duration;
import java.util.concurrent.Semaphore;

/**
 * The place of one file among those that are made or on their way, and where the file is made whole and becomes large one among the large
 * ones. May be used by several threads.
 */
final class FilePlace {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final Turns.Turn turn;
    private final Semaphore largeOnes;
    private boolean isLarge;
    private boolean over;

    /** @param largeOnes as many as there may be more */
    FilePlace(Turns.Turn turn, Semaphore largeOnes) {
        this.turn = turn;
        this.largeOnes = largeOnes;
    }

    /** Does not wait: whoever makes a file has a connection meanwhile. Throws {@link Refusal} (a 429) where there are as many as may be. */
    synchronized void becomeLarge() {
        if (isLarge || over) {
            return;
        }
        if (!largeOnes.tryAcquire()) {
            throw Refusal.tooMany(
                    "too many large files are on their way: narrow this one by filters, or come again", AGAIN_AFTER);
        }
        isLarge = true;
    }

    /** Gives it back; whatever is called after the first has no effect. */
    synchronized void end() {
        if (over) {
            return;
        }
        over = true;
        if (isLarge) {
            largeOnes.release();
        }
        turn.end();
    }
}
