package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.MessageStatus;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crash;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An instance that dies at whichever of its statements: nothing of it remains, and whoever does the work again does it once. The
 * connection is lost where the statement begins, by a trigger of the database.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CrashTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    StatusIntake statuses;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @ParameterizedTest
    @CsvSource({
        "lead_reviews, DELETE",
        "requested_entries, DELETE",
        "enrolments, INSERT",
        "sequence_contacts, INSERT",
        "outbox, INSERT"
    })
    void who_is_let_in_by_an_instance_that_dies_is_let_in_once_by_another(String table, String statement) {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        dies(table, statement, reviews::run);
        assertThat(stage.contacts(fitness, ani)).isEmpty();

        // When
        reviews.run();
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending pending");
        await().untilAsserted(() -> assertThat(stage.events(toko)).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({"sequence_contacts, UPDATE", "sequence_contacts, INSERT"})
    void an_outcome_that_is_noted_by_an_instance_that_dies_moves_the_walk_on_once(String table, String statement) {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        List<MessageStatus> outcome = List.of(sent(stage.fired(toko).getFirst(), 2, Instant.now()));
        dies(table, statement, () -> statuses.apply(outcome));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending pending");

        // When
        statuses.apply(outcome);
        statuses.apply(outcome);

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active pending");
    }

    @ParameterizedTest
    @CsvSource({"enrolments, UPDATE", "sequence_contacts, DELETE", "outbox, INSERT"})
    void the_last_outcome_that_is_noted_by_an_instance_that_dies_ends_the_walk_once(String table, String statement) {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        List<MessageStatus> outcome = List.of(sent(stage.fired(toko).getFirst(), 2, Instant.now()));
        dies(table, statement, () -> statuses.apply(outcome));
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");

        // When
        statuses.apply(outcome);
        statuses.apply(outcome);

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent");
        await().untilAsserted(() -> assertThat(stage.events(toko))
                .filteredOn(SequenceEvent.Completed.class::isInstance)
                .hasSize(1));
        assertThat(stage.commands(toko)).hasSize(1);
    }

    @Test
    void a_step_that_is_fired_by_an_instance_that_dies_before_it_has_leased_it_goes_out_once() {
        // Given
        toko.sequence(challenge(1));
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        dies("sequence_contacts", "UPDATE", stage::pass);
        assertThat(stage.fired(toko)).isEmpty();

        // When
        stage.pass();
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).hasSize(1);
    }

    @Test
    void instances_that_hear_the_same_outcomes_move_each_walk_on_once() throws Exception {
        // Given
        SequenceId fitness = toko.sequence(challenge(3));
        List<Tenant.Lead> crowd = toko.crowd(20, "fitness_start");
        stage.pass();
        List<MessageStatus> outcomes = stage.fired(toko).stream()
                .map(message -> sent(message, 2, Instant.now()))
                .toList();

        // When
        Race.of(Executors.callable(() -> statuses.apply(outcomes)));

        // Then
        assertThat(crowd)
                .allSatisfy(lead -> assertThat(stage.contacts(fitness, lead)).isEqualTo("sent active pending"));
    }

    private void dies(String table, String statement, Runnable work) {
        try (Crash _ = new Crash(stage.database(), table, statement)) {
            assertThatThrownBy(work::run).hasMessageContaining(Crash.MESSAGE);
        }
    }
}
