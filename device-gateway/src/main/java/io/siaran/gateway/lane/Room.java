package io.siaran.gateway.lane;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How many records may be taken and not yet settled: who asks for one more when there is no room is told when there is. */
final class Room {

    private final int size;
    private int taken;
    private CompletableFuture<Void> asked = CompletableFuture.completedFuture(null);

    Room(int size) {
        this.size = size;
    }

    /** Takes a place, at once; the answer completes when there is another. */
    synchronized CompletionStage<Void> take() {
        taken++;
        if (taken >= size && asked.isDone()) {
            asked = new CompletableFuture<>();
        }
        return asked;
    }

    synchronized void leave() {
        taken--;
        if (taken < size && !asked.isDone()) {
            CompletableFuture<Void> waiter = asked;
            // On a thread of its own: who leaves may hold a lane's lock, and who waits goes on to take one.
            Thread.startVirtualThread(() -> waiter.complete(null));
        }
    }
}
