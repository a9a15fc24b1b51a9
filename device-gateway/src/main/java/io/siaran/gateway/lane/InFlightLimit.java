package io.siaran.gateway.lane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The in-flight limit: how many records, and how many characters of them, may be taken and not yet settled. At the limit,
 * the answer to the next one waits until there is room.
 */
final class InFlightLimit {

    private final int mostRecords;
    private final int mostCharacters;
    private int records;
    private int characters;
    private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

    InFlightLimit(int mostRecords, int mostCharacters) {
        this.mostRecords = mostRecords;
        this.mostCharacters = mostCharacters;
    }

    /** Takes a record of so many characters, at once; the answer completes when there is room for another. */
    synchronized CompletionStage<Void> take(int length) {
        records++;
        characters += length;
        if (isFull() && asked.isDone()) {
            asked = new CompletableFuture<>();
        }
        return asked;
    }

    /** @param length with which it was taken */
    synchronized void leave(int length) {
        records--;
        characters -= length;
        if (!isFull() && !asked.isDone()) {
            CompletableFuture<Void> waiter = asked;
            // On a thread of its own: who leaves may hold a lane's lock, and who waits goes on to take one.
            Thread.startVirtualThread(() -> waiter.complete(null));
        }
    }

    private boolean isFull() {
        return records >= mostRecords || characters >= mostCharacters;
    }
}
