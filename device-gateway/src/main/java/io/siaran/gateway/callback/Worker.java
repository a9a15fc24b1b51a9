package io.siaran.gateway.callback;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that many ask for and that runs once at a time: whoever asks while it runs has it run once more afterwards, however many
 * they are. So it takes one connection, whatever waits.
 */
final class Worker {

    /** What is asked for within it is done together. */
    private final Duration gathering;

    private final Runnable work;

    /** Who asked since the work was last begun, and who it was begun for; nobody while it does not run. */
    private final AtomicInteger asked = new AtomicInteger();

    Worker(Duration gathering, Runnable work) {
        this.gathering = gathering;
        this.work = work;
    }

    /** Has it done soon, by a thread of its own. Never waits. */
    void ask() {
        if (asked.getAndIncrement() == 0) {
            Thread.startVirtualThread(this::workWhileAsked);
        }
    }

    private void workWhileAsked() {
        int done;
        do {
            gather();
            done = asked.get();
            try {
                work.run();
            } catch (RuntimeException | Error failure) {
                // Who asks next begins anew.
                asked.set(0);
                throw failure;
            }
        } while (asked.addAndGet(-done) > 0);
    }

    private void gather() {
        try {
            Thread.sleep(gathering);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
