package io.siaran.sequence.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static final int LARGEST = 16;

    private final List<UUID> waiting = new ArrayList<>(
            IntStream.range(0, 100).mapToObj(row -> new UUID(0, row)).toList());
    private final List<UUID> done = new ArrayList<>();
    private final List<UUID> setAside = new ArrayList<>();

    @Test
    void bad_rows_are_set_aside_one_by_one_and_all_others_are_done() {
        // Given
        List<UUID> bad = List.of(waiting.get(0), waiting.get(17), waiting.get(18), waiting.get(99));

        // When
        Batches.run(LARGEST, size -> take(size, bad), this::setAside);

        // Then
        assertThat(setAside).containsExactlyElementsOf(bad);
        assertThat(done).hasSize(96).doesNotContainAnyElementsOf(bad);
    }

    @Test
    void a_row_that_fails_for_no_known_reason_is_set_aside_as_well() {
        // Given
        UUID bad = waiting.get(17);

        // When
        Batches.run(LARGEST, size -> take(size, List.of(bad), new IllegalStateException("who knows")), this::setAside);

        // Then
        assertThat(setAside).containsExactly(bad);
        assertThat(done).hasSize(99);
    }

    @Test
    void rows_that_all_fail_for_no_known_reason_end_the_run() {
        // Given
        IllegalStateException fault = new IllegalStateException("who knows");
        List<UUID> all = List.copyOf(waiting);

        // When
        var run = assertThatThrownBy(() -> Batches.run(LARGEST, size -> take(size, all, fault), this::setAside));

        // Then
        run.isSameAs(fault);
        assertThat(setAside).hasSize(LARGEST);
        assertThat(done).isEmpty();

        // When
        assertThatThrownBy(() -> Batches.run(60, size -> take(size, all, fault), this::setAside))
                .isSameAs(fault);

        // Then
        assertThat(setAside).hasSize(LARGEST + Batches.TOO_MANY);
    }

    @Test
    void a_failure_that_is_no_rows_fault_ends_the_run_at_once() {
        // Given
        CompletionException away = new CompletionException(new ConnectException("refused"));
        List<Integer> tried = new ArrayList<>();

        // When
        var run = assertThatThrownBy(() -> Batches.run(
                LARGEST,
                size -> {
                    tried.add(size);
                    throw away;
                },
                this::setAside));

        // Then
        run.isSameAs(away);
        assertThat(tried).containsExactly(LARGEST);
        assertThat(setAside).isEmpty();
    }

    @Test
    void no_more_rows_are_looked_at_than_were_wanted_whichever_are_bad() {
        // Given
        List<UUID> bad = List.of(waiting.get(3), waiting.get(9));

        // When
        int some = Batches.some(10, size -> take(size, bad), this::setAside);

        // Then
        assertThat(some).isEqualTo(10);
        assertThat(setAside).containsExactlyElementsOf(bad);
        assertThat(waiting).hasSize(90);
    }

    /** As where each user has a share of a look. */
    @Test
    void a_look_that_finds_fewer_than_it_may_take_is_followed_by_another_one() {
        // When
        Batches.run(LARGEST, size -> take(size - 1, List.of()), this::setAside);

        // Then
        assertThat(done).hasSize(100);
    }

    private int take(int size, List<UUID> bad) {
        return take(size, bad, new IllegalArgumentException("bad"));
    }

    private int take(int size, List<UUID> bad, RuntimeException fault) {
        List<UUID> batch = List.copyOf(waiting.subList(0, Math.min(size, waiting.size())));
        if (batch.stream().anyMatch(bad::contains)) {
            throw batch.size() == 1 ? FaultyRow.of(batch.getFirst(), fault) : fault;
        }
        waiting.removeAll(batch);
        done.addAll(batch);
        return batch.size();
    }

    private void setAside(FaultyRow faulty) {
        waiting.remove(faulty.row());
        setAside.add(faulty.row());
    }
}
