package io.siaran.sequence.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    void a_failure_that_is_no_rows_fault_ends_the_run() {
        // Given
        IllegalStateException away = new IllegalStateException("the database is away");

        // When
        var run = assertThatThrownBy(() -> Batches.run(
                LARGEST,
                size -> {
                    throw away;
                },
                this::setAside));

        // Then
        run.isSameAs(away);
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

    private int take(int size, List<UUID> bad) {
        List<UUID> batch = List.copyOf(waiting.subList(0, Math.min(size, waiting.size())));
        if (batch.stream().anyMatch(bad::contains)) {
            IllegalArgumentException fault = new IllegalArgumentException("bad");
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
