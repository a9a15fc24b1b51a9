package io.siaran.localstack.launcher;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What a stack has started: ended together, what came last first, also in the middle of a start. */
final class Parts implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Runnable> toTell = new ArrayList<>();
    private final Consumer<String> progress;
    private boolean closed;

    Parts(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Ends that part with the rest, and before what was there before it. */
    synchronized <T extends AutoCloseable> T keep(T started) {
        if (closed) {
            end(started);
            throw new StackRefused("Stopped before everything had started.");
        }
        open.push(started);
        return started;
    }

    /** Runs that before the first part is ended: for a part that ends late, and has to know that it will. */
    synchronized void tellOfClose(Runnable told) {
        toTell.add(told);
    }

    @Override
    public synchronized void close() {
        closed = true;
        toTell.forEach(Runnable::run);
        while (!open.isEmpty()) {
            end(open.pop());
        }
    }

    private void end(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            progress.accept("a part did not end cleanly: " + e);
        }
    }
}
