package io.siaran.gateway.lane;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What lanes run on: a virtual thread for each turn under way, one timer for all that wait. */
final class LaneThreads {

    /** Something that will run unless it is cancelled before. */
    interface Timer {

        Timer NONE = () -> {};

        void cancel();

        /** Both as one. */
        default Timer and(Timer other) {
            return () -> {
                cancel();
                other.cancel();
            };
        }
    }

    private final ExecutorService turns = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("turn-", 0).factory());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("lane-timer").daemon().factory());

    LaneThreads() {
        timer.setRemoveOnCancelPolicy(true);
    }

    void run(Runnable task) {
        turns.execute(task);
    }

    Timer after(Duration time, Runnable task) {
        Future<?> scheduled = timer.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    /** Lets what runs end, at most so long; answers whether all of it did. */
    boolean stop(Duration limit) {
        timer.shutdownNow();
        turns.shutdown();
        try {
            return turns.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
