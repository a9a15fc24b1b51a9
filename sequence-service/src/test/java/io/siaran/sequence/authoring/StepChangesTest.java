package io.siaran.sequence.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.rest.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepChangesTest {

    private final Sequence sequence = new Sequence(
            new UserId("toko-sinar"), sequence(step("a", null), step("b", null)), Instant.EPOCH, new Random(1));
    private final Step a = sequence.steps.getFirst();
    private final Step b = sequence.steps.getLast();

    @Test
    void a_step_without_an_id_is_known_by_its_trigger_and_any_other_is_new() {
        // When
        StepChanges changes = changes(step("a", null), step("new", null), step("b", "a"));

        // Then
        assertThat(changes.storedAt(0)).isSameAs(a);
        assertThat(changes.storedAt(1)).isNull();
        assertThat(changes.storedAt(2)).isSameAs(b);
    }

    @Test
    void an_id_is_known_also_under_another_trigger() {
        // When
        StepChanges changes = changes(step("a", null), withId(b.id, "renamed"));

        // Then
        assertThat(changes.storedAt(1)).isSameAs(b);
    }

    @Test
    void an_id_of_another_sequence_or_one_that_stands_twice_is_refused() {
        assertThat(changes(withId(new UUID(0, 7), "a"), step("b", null)).violations())
                .extracting(Violation::field)
                .containsExactly("steps[0].id");
        assertThat(changes(withId(a.id, "a"), withId(a.id, "b")).violations())
                .extracting(Violation::field)
                .containsExactly("steps[1].id");
    }

    private StepChanges changes(StepDocument... wanted) {
        return new StepChanges(sequence.steps, List.of(wanted));
    }

    private static StepDocument step(String trigger, String next) {
        return new StepDocument(null, 1, trigger, next, null, null, false, null, "text", null, null, null);
    }

    private static StepDocument withId(UUID id, String trigger) {
        return new StepDocument(new StepId(id), 1, trigger, null, null, null, false, null, "text", null, null, null);
    }

    private static SequenceDocument sequence(StepDocument... steps) {
        return new SequenceDocument(
                "Fitness",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(steps));
    }
}
