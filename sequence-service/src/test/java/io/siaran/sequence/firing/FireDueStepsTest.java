package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How instances share the firing, and what holds up nobody. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FireDueStepsTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    FireDueSteps firing;

    @Inject
    TriggerProcessor processor;

    @Inject
    Publisher publisher;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void two_instances_that_fire_at_once_publish_each_step_once() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.crowd(60, "fitness_start");
        reviews.run();

        // When
        Race.of(Executors.callable(firing::run));

        // Then
        assertThat(stage.fired(toko))
                .hasSize(60)
                .extracting(BroadcastMessage::id)
                .doesNotHaveDuplicates();
    }

    @Test
    void no_two_instances_lease_the_same_step() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.crowd(40, "fitness_start");
        reviews.run();

        // When
        List<List<DueStep>> leased = Race.of(firing::lease);

        // Then
        assertThat(leased)
                .flatMap(Function.identity())
                .filteredOn(step ->
                        step.row().getString("user_id").equals(toko.user().value()))
                .hasSize(40)
                .extracting(DueStep::contact)
                .doesNotHaveDuplicates();
    }

    @Test
    void one_users_many_due_steps_keep_nobody_else_waiting() {
        // Given
        Tenant other = stage.tenant();
        SequenceId large = other.sequence(with(challenge(1), "trigger", "crowd"));
        Crowd crowd = Crowd.store(stage, other, large, other.merah(), 2_500);
        try {
            toko.sequence(challenge(1));
            Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
            reviews.run();

            // When
            List<DueStep> leased = firing.lease();

            // Then
            assertThat(leased)
                    .filteredOn(step ->
                            step.row().getUUID("lead_id").equals(ani.id().value()))
                    .hasSize(1);
            assertThat(leased).hasSizeBetween(100, 1_000);
        } finally {
            crowd.removed();
        }
    }

    @Test
    void the_next_steps_are_leased_while_those_before_are_marked() throws Exception {
        // Given
        SequenceId large = toko.sequence(challenge(1));
        Crowd crowd = Crowd.store(stage, toko, large, toko.merah(), 1_500);
        try (HeldMarks held = HeldMarks.of(toko, stage)) {
            // When
            Thread firing = Thread.startVirtualThread(this.firing::run);

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(held.looks()).isEqualTo(2));
            assertThat(held.fired()).isZero();
            held.release();
            firing.join();
            assertThat(held.fired()).isEqualTo(1_500);
        } finally {
            crowd.removed();
        }
    }

    @Test
    void in_one_process_one_at_a_time_looks_for_due_steps() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        try (HeldMarks held = HeldMarks.of(toko, stage)) {
            Thread first = Thread.startVirtualThread(processor::fire);
            await().untilAsserted(() -> assertThat(held.looks()).isOne());

            // When
            Thread second = Thread.startVirtualThread(processor::fire);

            // Then
            assertThat(second.join(Duration.ofMillis(500)))
                    .as("the second waits")
                    .isFalse();
            held.release();
            first.join();
            second.join();
            assertThat(stage.fired(toko)).hasSize(1);
        }
    }

    @Test
    void a_crash_between_publish_and_mark_publishes_the_same_id_again() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        publisher.publish(firing.lease().stream()
                .flatMap(step -> step.announcements().stream())
                .toList());
        firing.run();
        assertThat(stage.fired(toko)).as("while the lease holds").hasSize(1);

        // When
        lapseLease(ani);
        firing.run();
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(2);
        assertThat(stage.fired(toko))
                .extracting(BroadcastMessage::id)
                .containsOnly(stage.fired(toko).getFirst().id());
    }

    @Test
    void what_was_fired_and_never_answered_is_published_again_under_the_same_id() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        stage.database()
                .run(
                        "UPDATE sequence_contacts SET fired_at = clock_timestamp() - interval '61 minutes' WHERE lead_id = $1",
                        ani.id().value());

        // When
        firing.repeatWhatIsSilent();
        firing.run();

        // Then
        assertThat(stage.fired(toko))
                .filteredOn(message -> message.leadId().equals(ani.id()))
                .hasSize(2)
                .extracting(BroadcastMessage::id)
                .containsOnly(stage.firedFor(ani, toko).id());
        assertThat(stage.fired(toko)).hasSize(3);
    }

    @Test
    void whose_trigger_is_gone_gets_nothing_even_before_the_lead_is_reviewed() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        ani.without("fitness_start").told();

        // When
        firing.run();

        // Then
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsExactly(budi.id());
    }

    @Test
    void who_is_corrected_to_the_phone_of_somebody_inside_gets_nothing_more_even_before_the_review_and_leaves() {
        // Given
        SequenceId fitness = toko.sequence(withStep(challenge(2), 1, "trigger_delay_hours", 0));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        firing.run();
        BroadcastMessage first = stage.firedFor(budi, toko);

        // When
        budi.as(ani.phone()).told();
        stage.tell(sent(first, 2, Instant.now()));
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(2);
        reviews.run();
        firing.run();
        assertThat(stage.contacts(fitness, budi)).isEqualTo("sent cancelled");
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("same_person"));
    }

    @Test
    void two_who_get_each_others_phones_go_on() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        PhoneNumber anis = ani.phone();

        // When
        toko.tell(List.of(ani.as(budi.phone()), budi.as(anis)));
        reviews.run();
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(2);
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active pending");
    }

    @Test
    void no_index_knows_what_a_lease_changes_so_that_it_writes_none() {
        assertThat(stage.database()
                        .run("SELECT indexdef FROM pg_indexes WHERE tablename = 'sequence_contacts'"
                                + " AND indexdef ~ '(lease_until|processing_device_id|device_id)'"))
                .extracting(row -> row.getString(0))
                .isEmpty();
    }

    @Test
    void a_step_that_makes_no_message_is_set_aside_with_its_reason_and_holds_up_nobody() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        stage.database()
                .run("UPDATE leads SET phone = 'none' WHERE id = $1", ani.id().value());

        // When
        firing.run();
        lapseLease(ani);
        firing.run();

        // Then
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsExactly(budi.id());
        assertThat(stage.database()
                        .run(
                                "SELECT set_aside_reason FROM sequence_contacts WHERE lead_id = $1 AND set_aside_until > now()",
                                ani.id().value()))
                .singleElement()
                .satisfies(row -> assertThat(row.getString(0)).contains("E.164"));
    }

    private void lapseLease(Tenant.Lead lead) {
        stage.database()
                .run(
                        "UPDATE sequence_contacts SET lease_until = clock_timestamp() - interval '1 s' WHERE lead_id = $1",
                        lead.id().value());
    }
}
