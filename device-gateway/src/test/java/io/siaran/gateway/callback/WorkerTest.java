package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private final AtomicInteger begun = new AtomicInteger();
    private final Semaphore ends = new Semaphore(0);

    @Test
    void however_often_it_is_asked_for_it_runs_once_at_a_time_and_once_more_for_all_who_asked_meanwhile() {
        // Given
        Worker worker = new Worker(Duration.ofMillis(1), () -> {
            begun.incrementAndGet();
            ends.acquireUninterruptibly();
        });
        worker.ask();
        await().until(() -> begun.get() == 1);

        // When
        for (int i = 0; i < 100; i++) {
            worker.ask();
        }

        // Then
        await().during(Duration.ofMillis(100)).until(() -> begun.get() == 1);
        ends.release();
        await().until(() -> begun.get() == 2);
        ends.release();
        await().during(Duration.ofMillis(100)).until(() -> begun.get() == 2);
        worker.ask();
        await().until(() -> begun.get() == 3);
        ends.release();
    }

    @Test
    void work_that_failed_is_done_again_for_who_asks_next() {
        // Given
        Worker worker = new Worker(Duration.ofMillis(1), () -> {
            if (begun.incrementAndGet() == 1) {
                throw new IllegalStateException("the first time");
            }
        });
        worker.ask();
        await().dontCatchUncaughtExceptions().until(() -> begun.get() == 1);

        // When
        await().dontCatchUncaughtExceptions().pollDelay(Duration.ofMillis(50)).until(() -> true);
        worker.ask();

        // Then
        await().until(() -> begun.get() == 2);
        assertThat(begun).hasValue(2);
    }
}
