package io.siaran.sequence.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepGraphTest {

    private record Link(String trigger, String nextTrigger, Integer dayNumber, Boolean isEntryPoint)
            implements LinkedStep {}

    @Test
    void without_next_triggers_the_days_decide_and_within_a_day_the_authors_order() {
        // Given
        Link third = link("c", null, 3);
        Link first = link("a", null, 1);
        Link second = link("b", null, 2);
        Link alsoSecond = link("b2", null, 2);

        // When
        List<Link> walk = new StepGraph<>(List.of(third, first, second, alsoSecond)).pathFrom(first);

        // Then
        assertThat(walk).containsExactly(first, second, alsoSecond, third);
    }

    @Test
    void a_next_trigger_goes_before_the_days() {
        // Given
        Link first = link("a", "c", 1);
        Link skipped = link("b", null, 2);
        Link third = link("c", null, 3);

        // When
        List<Link> walk = new StepGraph<>(List.of(first, skipped, third)).pathFrom(first);

        // Then
        assertThat(walk).containsExactly(first, third);
    }

    @Test
    void a_walk_begins_at_its_entry_and_ends_where_it_leads_elsewhere() {
        // Given
        Link first = link("a", null, 1);
        Link second = link("b", "another_sequence", 2);
        Link third = link("c", null, 3);
        StepGraph<Link> graph = new StepGraph<>(List.of(first, second, third));

        // When
        List<Link> fromFirst = graph.pathFrom(first);
        List<Link> fromThird = graph.pathFrom(third);

        // Then
        assertThat(fromFirst).containsExactly(first, second);
        assertThat(fromThird).containsExactly(third);
    }

    @Test
    void a_circle_is_found_and_never_walked_twice() {
        // Given
        Link first = link("a", null, 1);
        Link second = link("b", null, 2);
        Link back = link("c", "a", 3);
        StepGraph<Link> graph = new StepGraph<>(List.of(first, second, back));

        // When
        List<Link> walk = graph.pathFrom(second);

        // Then
        assertThat(walk).containsExactly(second, back, first);
        assertThat(graph.circleFrom(back)).containsExactly(back, first, second);
        assertThat(new StepGraph<>(List.of(first, second)).circleFrom(first)).isEmpty();
    }

    private static Link link(String trigger, String next, int day) {
        return new Link(trigger, next, day, false);
    }
}
