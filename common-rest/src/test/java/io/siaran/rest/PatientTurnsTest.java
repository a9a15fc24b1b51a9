package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PatientTurnsTest {

    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void who_waits_for_too_long_is_told_to_come_again_and_never_does_its_work() {
        // Given
        PatientTurns turns = new PatientTurns(1, 1, AT_ONCE, "one after the other");
        Turns.Turn held = turns.take("ani");

        // When
        Refusal refused = catchThrowableOfType(Refusal.class, () -> turns.take("budi", () -> done.add("budi")));

        // Then
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused).hasMessageContaining("one after the other");
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(5));
        held.end();
        assertThat(turns.take("citra", () -> done.add("citra"))).isTrue();
        assertThat(done).containsExactly("citra");
    }

    @Test
    void the_turn_ends_with_the_work_whatever_becomes_of_it() {
        // Given
        PatientTurns turns = new PatientTurns(1, 1, AT_ONCE, "too many");

        // When
        assertThatThrownBy(() -> turns.take("ani", () -> {
                    throw new IllegalStateException("the database is gone");
                }))
                .isInstanceOf(IllegalStateException.class);

        // Then
        assertThat(turns.take("budi", () -> "works")).isEqualTo("works");
    }

    @Test
    void whoever_waits_begins_when_a_turn_ends_users_before_the_next_one_of_the_same() throws Exception {
        // Given
        PatientTurns turns = new PatientTurns(1, 1, LONG, "too many");
        Turns.Turn held = turns.take("ani");
        CompletableFuture<Void> second = waits(turns, "ani", "ani's second");
        CompletableFuture<Void> third = waits(turns, "ani", "ani's third");
        CompletableFuture<Void> other = waits(turns, "budi", "budi's first");

        // When
        held.end();
        CompletableFuture.allOf(second, third, other).get();

        // Then
        assertThat(done.getFirst()).isEqualTo("budi's first");
    }

    @Test
    void one_user_has_no_more_at_once_than_a_user_may_and_none_of_another() {
        // Given
        PatientTurns turns = new PatientTurns(3, 1, AT_ONCE, "too many");
        turns.take("ani");

        // When
        Refusal second = catchThrowableOfType(Refusal.class, () -> turns.take("ani"));

        // Then
        assertThat(second.status()).isEqualTo(429);
        assertThat(turns.take("budi", () -> "works")).isEqualTo("works");
    }

    @Test
    void who_is_interrupted_while_it_waits_leaves_its_place_in_the_line() throws Exception {
        // Given
        PatientTurns turns = new PatientTurns(1, 1, LONG, "too many");
        Turns.Turn held = turns.take("ani");
        AtomicReference<Refusal> told = new AtomicReference<>();
        Thread waiting = Thread.startVirtualThread(
                () -> told.set(catchThrowableOfType(Refusal.class, () -> turns.take("budi"))));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        // When
        waiting.interrupt();
        waiting.join();

        // Then
        assertThat(told.get().status()).isEqualTo(503);
        held.end();
        assertThat(turns.take("citra", () -> "works")).isEqualTo("works");
    }

    /** Returns when it waits. */
    private CompletableFuture<Void> waits(PatientTurns turns, String user, String what) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            turns.take(user, () -> done.add(what));
            ended.complete(null);
        });
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return ended;
    }
}
