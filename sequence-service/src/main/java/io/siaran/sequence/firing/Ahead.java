package io.siaran.sequence.firing;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Work that goes on while its caller prepares the next piece of it: one piece at a time, in order, and never more than one behind. What
 * fails is told to the caller with the next piece, which is then not begun, or at the end.
 */
final class Ahead implements AutoCloseable {

    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);

    /** Begins this piece once the one before has ended. Blocks until then: not for event loops. */
    void then(Runnable piece) {
        end();
        running = CompletableFuture.runAsync(piece, Thread::startVirtualThread);
    }

    /** Waits for the last piece. */
    @Override
    public void close() {
        end();
    }

    private void end() {
        try {
            running.join();
        } catch (CompletionException failure) {
            // Told once.
            running = CompletableFuture.completedFuture(null);
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failure.getCause() instanceof Error cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
