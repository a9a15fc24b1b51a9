package io.siaran.rest;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@link Turns} of whoever waits for them, a while: so many of one kind of work at once in a process, of one user fewer, and users take
 * turns. Whoever waits holds nothing but its virtual thread: no connection of a pool.
 */
public final class PatientTurns {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(5);

    private final Turns turns;
    private final Duration patience;
    private final String tooMany;

    /**
     * @param patience how long one waits
     * @param tooMany what is said to whoever has waited so long
     */
    public PatientTurns(int atOnce, int perUser, Duration patience, String tooMany) {
        this.turns = new Turns(Math.max(1, atOnce), Math.max(1, perUser));
        this.patience = patience;
        this.tooMany = tooMany;
    }

    /** Does that when it is the user's turn; throws {@link Refusal} (a 429) where it does not come in time, and what {@code work} throws. */
    public <T> T take(String user, Supplier<T> work) {
        Turns.Turn turn = take(user);
        try {
            return work.get();
        } finally {
            turn.end();
        }
    }

    /** Whoever has it ends it. */
    Turns.Turn take(String user) {
        CountDownLatch begins = new CountDownLatch(1);
        Turns.Turn turn = turns.ask(user, begins::countDown);
        try {
            if (!begins.await(patience.toMillis(), TimeUnit.MILLISECONDS) && turn.giveUp()) {
                throw Refusal.tooMany(tooMany, AGAIN_AFTER);
            }
            return turn;
        } catch (InterruptedException stopping) {
            turn.end();
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the service stops", AGAIN_AFTER);
        }
    }
}
