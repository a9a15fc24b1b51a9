package io.siaran.sequence;

import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Another instance's transaction that the test holds open: it does what the test says, when the test says so. */
public final class Held implements AutoCloseable {

    private static final Consumer<Tx> COMMIT = tx -> {};
    private static final int PATIENCE_SECONDS = 30;

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private boolean committed;

    /** Begins by doing that, and returns when it is done and not committed. */
    public Held(Database database, Consumer<Tx> first) throws Exception {
        Thread.ofVirtual().start(() -> {
            try {
                database.doInTransaction(this::follow);
                ended.complete(null);
            } catch (RuntimeException failure) {
                ended.completeExceptionally(failure);
            }
        });
        go(first);
    }

    /** Does that within the transaction; returns when it is done. */
    public void go(Consumer<Tx> work) throws Exception {
        Step step = new Step(work, new CompletableFuture<>());
        steps.add(step);
        step.done().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    public void commit() throws Exception {
        committed = true;
        go(COMMIT);
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        if (!committed) {
            commit();
        }
    }

    private void follow(Tx tx) {
        try {
            Step step;
            do {
                step = steps.take();
                step.follow(tx);
            } while (step.work() != COMMIT);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private record Step(Consumer<Tx> work, CompletableFuture<Void> done) {

        void follow(Tx tx) {
            try {
                work.accept(tx);
                done.complete(null);
            } catch (RuntimeException failure) {
                done.completeExceptionally(failure);
                throw failure;
            }
        }
    }
}
