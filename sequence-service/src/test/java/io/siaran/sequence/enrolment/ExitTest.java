package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.InboundMessage;
import io.siaran.model.SequenceId;
import io.siaran.model.TargetStatus;
import io.siaran.model.Withdraw;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

    @Inject
    ReplyIntake replies;

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

    @Test
    void who_answers_leaves_the_sequences_that_stop_on_it_and_no_other() {
        // Given
        SequenceId stopping = toko.sequence(with(challenge(2), "stop_on_reply", true));
        SequenceId going = toko.sequence(challenge(2));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        stage.pass();

        // When
        replies.apply(
                List.of(reply(ani, Instant.now()), reply(budi, Instant.now().minusSeconds(3600))));

        // Then
        assertThat(stage.contacts(stopping, ani)).isEqualTo("cancelled cancelled");
        assertThat(stage.contacts(going, ani)).isEqualTo("active pending");
        assertThat(stage.contacts(stopping, budi)).as("a reply of before").isEqualTo("active pending");
        await().untilAsserted(() -> assertThat(stage.withdrawn(toko)).hasSize(1));
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("replied"));
    }

    @Test
    void who_becomes_a_customer_leaves_what_stops_on_it() {
        // Given
        SequenceId stopping = toko.sequence(with(challenge(1), "stop_on_status", true));
        SequenceId going = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();

        // When
        ani.being(TargetStatus.CUSTOMER).told();
        reviews.run();

        // Then
        assertThat(stage.contacts(stopping, ani)).isEqualTo("cancelled");
        assertThat(stage.contacts(going, ani)).isEqualTo("active");
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("status_changed"));
    }

    @Test
    void whose_device_is_deleted_may_be_moved_for_an_hour_and_then_leaves() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi = toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();
        toko.delete(toko.merah());
        reviews.mark();
        reviews.run();
        assertThat(stage.contacts(fitness, ani)).isEqualTo("active");
        budi.on(toko.biru()).told();
        stage.database()
                .run(
                        "UPDATE devices SET deleted_at = deleted_at - interval '61 minutes' WHERE id = $1",
                        toko.merah().value());

        // When
        reviews.mark();
        stage.pass();

        // Then
        assertThat(stage.contacts(fitness, ani)).isEqualTo("cancelled");
        assertThat(stage.contacts(fitness, budi)).isEqualTo("active");
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::deviceId).containsExactly(toko.biru());
        await().untilAsserted(() -> assertThat(stage.leftReasons(toko)).containsExactly("device_deleted"));
    }

    private InboundMessage reply(Tenant.Lead lead, Instant at) {
        return new InboundMessage(
                UUID.randomUUID(), toko.user(), toko.biru(), lead.phone(), "Ani", "text", "Berapa harga?", at);
    }
}
