package io.siaran.sequence.firing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class AheadTest {

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void the_caller_goes_on_while_a_piece_is_worked_on() throws Exception {
        CountDownLatch prepared = new CountDownLatch(1);
        try (Ahead work = new Ahead()) {
            work.then(() -> {
                await(prepared);
                done.add("first");
            });
            prepared.countDown();
        }
        assertThat(done).containsExactly("first");
    }

    @Test
    void a_piece_begins_when_the_one_before_has_ended() {
        try (Ahead work = new Ahead()) {
            for (int piece = 0; piece < 100; piece++) {
                String name = "piece " + piece;
                work.then(() -> {
                    done.add("begin " + name);
                    Thread.yield();
                    done.add("end " + name);
                });
            }
        }
        for (int at = 0; at < done.size(); at += 2) {
            assertThat(done.get(at + 1)).isEqualTo(done.get(at).replace("begin", "end"));
        }
        assertThat(done).hasSize(200);
    }

    @Test
    void a_failure_is_told_with_the_next_piece_which_is_not_begun() {
        Ahead work = new Ahead();
        work.then(() -> {
            throw new IllegalStateException("Kafka is away");
        });

        assertThatThrownBy(() -> work.then(() -> done.add("next")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Kafka is away");

        work.close();
        assertThat(done).isEmpty();
    }

    @Test
    void a_failure_of_the_last_piece_is_told_at_the_end() {
        assertThatThrownBy(() -> {
                    try (Ahead work = new Ahead()) {
                        work.then(() -> {
                            throw new IllegalStateException("Kafka is away");
                        });
                    }
                })
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Kafka is away");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
