package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FiringTest {

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    FireDueSteps firing;

    @Inject
    Publisher publisher;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void the_message_says_all_that_its_sending_needs() {
        // Given
        Map<String, Object> document = withStep(challenge(1), 0, "message_type", "image");
        document = withStep(document, 0, "media_url", "https://example.com/day1.png");
        document = withStep(withStep(document, 0, "min_delay_seconds", 0), 0, "max_delay_seconds", 3);
        document = with(with(document, "min_delay_seconds", 20), "max_delay_seconds", 40);
        document = with(with(document, "anti_spam", "greeting"), "expire_after", "PT12H");
        SequenceId fitness = toko.sequence(document);
        Tenant.Lead ani = toko.lead("Ani D'Cruz")
                .on(toko.biru())
                .carrying("fitness_start", 1)
                .told();

        // When
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).singleElement().satisfies(message -> {
            assertThat(message.kind()).isEqualTo(MessageKind.STEP);
            assertThat(message.deviceId()).isEqualTo(toko.biru());
            assertThat(message.leadId()).isEqualTo(ani.id());
            assertThat(message.sequenceId()).isEqualTo(fitness);
            assertThat(message.recipientPhone()).isEqualTo(ani.phone());
            assertThat(message.recipientName()).isEqualTo("Ani D'Cruz");
            assertThat(message.niche()).isEqualTo("fitness");
            assertThat(message.type()).isEqualTo(MessageType.IMAGE);
            assertThat(message.mediaUrl()).isEqualTo("https://example.com/day1.png");
            assertThat(message.minDelay()).isZero();
            assertThat(message.maxDelay()).isEqualTo(3);
            assertThat(message.antiSpam()).isEqualTo(AntiSpamProfile.GREETING);
            assertThat(message.timeZone()).isEqualTo(ZoneId.of("Asia/Kuala_Lumpur"));
            assertThat(message.id().planned()).isEqualTo(message.scheduledAt().truncatedTo(ChronoUnit.MILLIS));
            assertThat(message.expiresAt())
                    .isBetween(
                            message.scheduledAt().plus(Duration.ofHours(12)),
                            Instant.now().plus(Duration.ofHours(12)));
        });
    }

    @Test
    void without_delays_of_its_own_a_step_has_those_of_its_sequence() {
        // Given
        toko.sequence(with(with(challenge(1), "min_delay_seconds", 20), "max_delay_seconds", 40));
        toko.lead("Ani").carrying("fitness_start", 1).told();

        // When
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).singleElement().satisfies(message -> {
            assertThat(message.minDelay()).isEqualTo(20);
            assertThat(message.maxDelay()).isEqualTo(40);
        });
    }

    @Test
    void a_step_waits_for_its_time() {
        // Given
        toko.sequence(withStep(challenge(1), 0, "trigger_delay_hours", 0.01));
        toko.lead("Ani").carrying("fitness_start", 1).told();

        // When
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).isEmpty();
    }

    @Test
    void a_step_waits_for_its_device() {
        // Given
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        Tenant.Lead budi =
                toko.lead("Budi").on(toko.biru()).carrying("fitness_start", 1).told();
        stage.pass();
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsExactly(budi.id());

        // When
        toko.become(toko.merah(), DeviceStatus.ONLINE);
        stage.pass();

        // Then
        assertThat(stage.fired(toko))
                .extracting(BroadcastMessage::leadId)
                .containsExactlyInAnyOrder(budi.id(), ani.id());
    }

    @Test
    void a_deactivated_sequence_fires_nothing_and_goes_on_when_activated() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        toko.deactivate(fitness);
        stage.pass();
        assertThat(stage.fired(toko)).isEmpty();

        // When
        toko.activate(fitness);
        stage.pass();

        // Then
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::leadId).containsExactly(ani.id());
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
                .hasSize(40)
                .extracting(DueStep::contact)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_crash_between_publish_and_mark_publishes_the_same_id_again() {
        // Given
        toko.sequence(challenge(1));
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        publisher.publish(firing.lease().stream().map(DueStep::announcement).toList());
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

    private void lapseLease(Tenant.Lead lead) {
        stage.database()
                .run(
                        "UPDATE sequence_contacts SET lease_until = clock_timestamp() - interval '1 s' WHERE lead_id = $1",
                        lead.id().value());
    }
}
