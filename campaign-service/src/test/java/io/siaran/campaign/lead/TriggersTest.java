package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.TriggerAssignment;
import org.junit.jupiter.api.Test;

class TriggersTest {

    @Test
    void the_first_assignment_is_number_one() {
        assertThat(Triggers.NONE.rewritten("Fitness_Start").present())
                .containsExactly(new TriggerAssignment("fitness_start", 1));
    }

    @Test
    void a_token_that_stays_keeps_its_number() {
        // Given
        Triggers before = Triggers.NONE.rewritten("cold");

        // When
        Triggers after = before.rewritten("cold, warm").with("cold").rewritten("COLD");

        // Then
        assertThat(after.present()).containsExactly(new TriggerAssignment("cold", 1));
    }

    @Test
    void a_token_that_comes_back_gets_the_next_number() {
        // When
        Triggers back = Triggers.NONE.rewritten("cold").rewritten("").rewritten("cold");

        // Then
        assertThat(back.present()).containsExactly(new TriggerAssignment("cold", 2));
    }

    @Test
    void a_token_that_a_sequence_gives_gets_a_new_number_even_where_it_is_carried() {
        // Given
        Triggers carrying = Triggers.NONE.rewritten("warm, vip");

        // When
        Triggers given = carrying.begun("Warm", null).begun("hot", null);

        // Then
        assertThat(given.tags().text()).isEqualTo("warm,vip,hot");
        assertThat(given.present())
                .containsExactlyInAnyOrder(
                        new TriggerAssignment("warm", 2),
                        new TriggerAssignment("vip", 1),
                        new TriggerAssignment("hot", 1));
    }

    @Test
    void an_assignment_that_ends_takes_its_token_out_of_the_list() {
        // When
        Triggers after = Triggers.NONE.rewritten("cold,vip").without("cold", 1);

        // Then
        assertThat(after.tags().text()).isEqualTo("vip");
        assertThat(after.present()).containsExactly(new TriggerAssignment("vip", 1));
    }

    @Test
    void ending_an_older_assignment_leaves_the_newer_one() {
        // Given
        Triggers again = Triggers.NONE.rewritten("cold").without("cold", 1).with("cold");

        // When
        Triggers after = again.without("cold", 1);

        // Then
        assertThat(after).isEqualTo(again);
        assertThat(after.present()).containsExactly(new TriggerAssignment("cold", 2));
    }
}
