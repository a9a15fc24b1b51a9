package io.siaran.rest;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@link Turns} of whoever waits for them, a while: so many of one kind of work at once in a process, of one user fewer, and users take
 * turns. Whoever waits holds nothing but its virtual thread, if it has one: no connection of a pool.
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

    /**
     * As {@link #take(String, Supplier)}, and blocks nobody: for event loops. {@code work} begins on the context of its caller, and the turn
     * ends with what it gives.
     */
    public <T> Uni<T> takeLater(String user, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context caller = Vertx.currentContext();
            CompletableFuture<Void> begins = new CompletableFuture<>();
            Turns.Turn turn = turns.ask(user, () -> caller.runOnContext(_ -> begins.complete(null)));
            long timer = caller.owner()
                    .setTimer(
                            patience.toMillis(),
                            _ -> caller.runOnContext(_ -> {
                                if (turn.giveUp()) {
                                    begins.completeExceptionally(Refusal.tooMany(tooMany, AGAIN_AFTER));
                                }
                            }));
            return Uni.createFrom()
                    .completionStage(begins)
                    .flatMap(_ -> work.get())
                    .onTermination()
                    .invoke(() -> {
                        caller.owner().cancelTimer(timer);
                        turn.end();
                    });
        });
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
