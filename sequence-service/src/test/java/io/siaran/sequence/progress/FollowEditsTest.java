package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.step;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sequences that are edited while contacts are inside. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FollowEditsTest {

    private static final Instant TWO_DAYS_AGO =
            Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.MILLIS);

    @Inject
    Stage stage;

    @Inject
    FollowEdits edits;

    private Tenant toko;
    private SequenceId fitness;
    private Tenant.Lead ani;

    @BeforeEach
    void anisFirstStepIsOut() {
        toko = stage.tenant();
        fitness = toko.sequence(challenge(3));
        ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
    }

    @Test
    void a_step_that_is_added_is_sent_to_whoever_has_not_passed_its_place_and_nothing_comes_twice() {
        // Given
        toldSent();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active pending");

        // When
        put(withStep(added(1, "extra"), 1, "trigger_delay_hours", 24));
        stage.pass();
        assertThat(fired()).as("not before it is planned anew").containsExactly("fitness_day1");
        edits.run();

        // Then
        walkToTheEnd(3);
        assertThat(fired()).containsExactly("fitness_day1", "extra", "fitness_day2", "fitness_day3");
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent sent sent sent");
    }

    @Test
    void a_step_that_is_removed_is_skipped_by_whoever_waits_for_it() {
        // Given
        toldSent();

        // When
        put(withoutStep(1));
        edits.run();

        // Then
        walkToTheEnd(1);
        assertThat(fired()).containsExactly("fitness_day1", "fitness_day3");
        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void who_is_at_a_step_that_is_removed_goes_on_from_its_place() {
        // When
        put(withStep(withoutStep(0), 0, "is_entry_point", true));
        edits.run();

        // Then
        toldSent();
        walkToTheEnd(2);
        assertThat(fired()).containsExactly("fitness_day1", "fitness_day2", "fitness_day3");
        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void who_waits_for_a_step_of_a_day_of_which_earlier_ones_are_removed_skips_none() {
        // Given
        put(onOneDay(challenge(4)));
        toldSent();
        stage.pass();
        toldSent();
        assertThat(fired()).containsExactly("fitness_day1", "fitness_day2");

        // When
        List<?> left = ((List<?>) onOneDay(challenge(4)).get("steps")).subList(2, 4);
        put(withStep(with(challenge(4), "steps", left), 0, "is_entry_point", true));
        edits.run();

        // Then
        walkToTheEnd(2);
        assertThat(fired()).containsExactly("fitness_day1", "fitness_day2", "fitness_day3", "fitness_day4");
        assertThat(status()).isEqualTo("completed");
    }

    @Test
    void a_link_to_a_trigger_that_two_removed_steps_had_goes_on_from_the_one_that_was_removed_last() {
        // Given
        Map<String, Object> first = with(step(1), "next_trigger", "fitness_day2");
        Map<String, Object> third = with(step(3), "day_number", 2);
        put(draft(first, third, with(step(2), "next_trigger", "fitness_day4"), step(4)));
        put(draft(first, third, step(4)));
        put(draft(first, with(step(2), "next_trigger", "fitness_day3"), third, step(4)));
        put(draft(first, third, step(4)));

        // When
        toldSent();

        // Then
        assertThat(stage.database()
                        .run(
                                "SELECT p.trigger FROM sequence_contacts c JOIN sequence_steps p ON p.id = c.step_id"
                                        + " WHERE c.lead_id = $1 AND c.status = 'active'",
                                ani.id().value()))
                .extracting(row -> row.getString(0))
                .containsExactly("fitness_day3");
    }

    @Test
    void a_wait_that_changes_moves_what_is_not_out_and_keeps_its_message_id() {
        // Given
        toldSent();
        String before = idOfWhatIsActive();

        // When
        put(withStep(challenge(3), 1, "trigger_delay_hours", 36));
        edits.run();
        stage.pass();

        // Then
        assertThat(fired()).hasSize(2);
        assertThat(idOfWhatIsActive()).isEqualTo(before);
        assertThat(stage.fired(toko).getLast().scheduledAt()).isEqualTo(TWO_DAYS_AGO.plus(Duration.ofHours(36)));
    }

    @Test
    void steps_that_change_places_come_in_the_new_order_and_none_twice() {
        // Given
        toldSent();

        // When
        put(withStep(withStep(challenge(3), 1, "day_number", 3), 2, "day_number", 2));
        edits.run();

        // Then
        walkToTheEnd(2);
        assertThat(fired()).containsExactly("fitness_day1", "fitness_day3", "fitness_day2");
    }

    @Test
    void what_changes_after_the_end_brings_nobody_back() {
        // Given
        toldSent();
        walkToTheEnd(2);

        // When
        put(added(3, "encore"));
        edits.run();
        stage.pass();

        // Then
        assertThat(fired()).hasSize(3);
        assertThat(status()).isEqualTo("completed");
    }

    private void toldSent() {
        stage.tell(sent(stage.fired(toko).getLast(), 2, TWO_DAYS_AGO));
    }

    private void walkToTheEnd(int steps) {
        for (int i = 0; i < steps; i++) {
            stage.pass();
            stage.tell(sent(stage.fired(toko).getLast(), 2, TWO_DAYS_AGO));
        }
        stage.pass();
    }

    private void put(Map<String, ?> document) {
        toko.as("operator")
                .body(document)
                .put("/api/v1/sequences/" + fitness)
                .then()
                .statusCode(200);
    }

    private List<String> fired() {
        Map<String, String> triggers = new HashMap<>();
        stage.database()
                .run("SELECT id, trigger FROM sequence_steps WHERE sequence_id = $1", fitness.value())
                .forEach(row -> triggers.put(row.getUUID("id").toString(), row.getString("trigger")));
        return stage.fired(toko).stream()
                .map(BroadcastMessage::sequenceStepid)
                .map(step -> triggers.get(step.toString()))
                .toList();
    }

    private String idOfWhatIsActive() {
        return stage.database()
                .run(
                        "SELECT message_id::text FROM sequence_contacts WHERE lead_id = $1 AND status = 'active'",
                        ani.id().value())
                .iterator()
                .next()
                .getString(0);
    }

    private String status() {
        return stage.database()
                .run(
                        "SELECT status FROM enrolments WHERE lead_id = $1",
                        ani.id().value())
                .iterator()
                .next()
                .getString(0);
    }

    private static Map<String, Object> onOneDay(Map<String, Object> document) {
        Map<String, Object> changed = document;
        for (int place = 0; place < ((List<?>) document.get("steps")).size(); place++) {
            changed = withStep(changed, place, "day_number", 1);
        }
        return changed;
    }

    @SafeVarargs
    private static Map<String, Object> draft(Map<String, Object>... steps) {
        return with(with(challenge(1), "steps", List.of(steps)), "status", "inactive");
    }

    private static Map<String, Object> added(int place, String trigger) {
        Map<String, Object> extra = with(step(place), "trigger", trigger);
        List<Object> steps = new ArrayList<>((List<?>) challenge(3).get("steps"));
        steps.add(place, with(extra, "is_entry_point", false));
        return with(challenge(3), "steps", steps);
    }

    private static Map<String, Object> withoutStep(int place) {
        List<Object> steps = new ArrayList<>((List<?>) challenge(3).get("steps"));
        steps.remove(place);
        return with(challenge(3), "steps", steps);
    }
}
