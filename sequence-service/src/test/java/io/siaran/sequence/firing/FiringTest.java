package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static io.siaran.sequence.Fitness.withStep;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FiringTest {

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
                .with("plan", "Gold")
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
            assertThat(message.attributes().of("plan")).contains("Gold");
            assertThat(message.leadVersion()).isEqualTo(1);
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
}
