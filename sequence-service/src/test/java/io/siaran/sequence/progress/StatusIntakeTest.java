package io.siaran.sequence.progress;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Statuses.inDoubt;
import static io.siaran.sequence.Statuses.sent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StatusIntakeTest {

    @Inject
    Stage stage;

    @Inject
    StatusIntake intake;

    @Inject
    SendStrandedSteps stranded;

    @Test
    void a_status_that_cannot_be_applied_holds_up_nobody_and_can_be_told_again() {
        // Given
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage anis = stage.firedFor(ani, toko);
        becomes(ani, "Mars/Olympus");

        // When
        stage.say(sent(anis, 2, Instant.now()));
        stage.tell(sent(stage.firedFor(budi, toko), 2, Instant.now()));
        String whileItFails = stage.contacts(fitness, ani);
        becomes(ani, "Asia/Kuala_Lumpur");
        stage.tell(sent(anis, 2, Instant.now()));

        // Then
        assertThat(whileItFails).isEqualTo("active pending");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("sent active");
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    /** A step that was cancelled with its device goes out from another under a message of its own, whose versions begin anew. */
    @Test
    void the_news_of_a_message_is_not_lost_beside_newer_news_of_the_one_before_it() {
        // Given
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage before = stage.firedFor(ani, toko);
        stage.tell(inDoubt(before, 2, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, false));
        toko.delete(toko.merah());
        ani.on(toko.biru()).told();
        stranded.run();
        stage.pass();
        BroadcastMessage again = stage.fired(toko).getLast();
        assertThat(again.id()).isNotEqualTo(before.id());

        // When
        intake.apply(List.of(
                inDoubt(before, 9, MessageState.CANCELLED, FailureReason.DEVICE_DELETED, false),
                sent(again, 2, Instant.now())));

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("sent active");
    }

    /** An outcome changes what some index knows, and then each that knows every row gets another entry. */
    @Test
    void three_indexes_know_every_row_of_a_walk() {
        assertThat(stage.database()
                        .run("SELECT indexname FROM pg_indexes WHERE tablename = 'sequence_contacts'"
                                + " AND indexdef NOT LIKE '% WHERE %'"))
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder(
                        "sequence_contacts_pkey",
                        "sequence_contacts_enrolment_id_step_id_key",
                        "sequence_contacts_of_sequence");
    }

    private void becomes(Tenant.Lead lead, String zone) {
        stage.database()
                .run(
                        "UPDATE enrolments SET time_zone = $2 WHERE lead_id = $1",
                        lead.id().value(),
                        zone);
    }
}
