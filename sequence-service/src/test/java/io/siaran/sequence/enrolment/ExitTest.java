package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.SequenceId;
import io.siaran.model.Withdraw;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who leaves a sequence before its end. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ExitTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void who_loses_the_trigger_leaves_and_what_may_be_queued_is_withdrawn() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        BroadcastMessage queued = stage.fired(toko).getFirst();

        // When
        ani.without("fitness_start").told();
        reviews.run();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko))
                .containsExactly(new Withdraw(queued.id(), toko.user(), toko.merah())));
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("trigger_removed"));
    }

    @Test
    void who_opts_out_or_is_deleted_leaves_every_sequence() {
        // Given
        SequenceId fitness = toko.sequence(challenge(2));
        SequenceId again = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        Tenant.Lead citra = toko.lead("Citra").carrying("fitness_start", 1).told();
        reviews.run();

        // When
        toko.suppress(ani);
        budi.deleted().told();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(again, ani)).isEqualTo("cancelled");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(fitness, citra)).isEqualTo("active pending");
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsOnly(citra.id());
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko))
                .containsExactlyInAnyOrder("suppressed", "suppressed", "lead_deleted", "lead_deleted"));
    }
}
