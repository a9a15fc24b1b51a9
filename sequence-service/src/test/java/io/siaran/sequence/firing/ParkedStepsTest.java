package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Crowd;
import io.siaran.sequence.Effort;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due and may not go out is taken out of the way, and comes back when what it waits for is there. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ParkedStepsTest {

    private static final String LEASE = Sql.load(FireDueSteps.class, "lease-due-steps.sql");

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    FireDueSteps firing;

    private Tenant toko;

    @BeforeEach
    void aUserOfItsOwn() {
        toko = stage.tenant();
    }

    @Test
    void what_waits_for_its_device_goes_out_when_that_is_online() {
        // Given
        toko.sequence(challenge(1));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        firing.run();
        assertThat(stage.fired(toko)).isEmpty();
        assertThat(parked()).isEqualTo(1);

        // When
        toko.become(toko.merah(), DeviceStatus.ONLINE);
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(1);
        assertThat(parked()).isZero();
        assertThat(obstacles()).isZero();
    }

    @Test
    void what_waits_for_its_sequence_goes_out_when_that_is_active_also_from_a_device_that_was_offline_meanwhile() {
        // Given
        SequenceId fitness = toko.sequence(challenge(1));
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        toko.deactivate(fitness);
        firing.run();
        assertThat(parked()).isEqualTo(1);

        // When
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.activate(fitness);
        firing.run();
        assertThat(stage.fired(toko)).isEmpty();
        toko.become(toko.merah(), DeviceStatus.ONLINE);
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(1);
    }

    @Test
    void what_waits_for_its_device_goes_out_from_the_one_that_its_lead_is_moved_to() {
        // Given
        toko.sequence(challenge(2));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        firing.run();
        assertThat(parked()).isEqualTo(1);

        // When
        ani.on(toko.biru()).told();
        firing.run();

        // Then
        assertThat(stage.fired(toko)).extracting(BroadcastMessage::deviceId).containsExactly(toko.biru());
    }

    @Test
    void a_contact_who_leaves_while_its_step_is_parked_is_gone() {
        // Given
        toko.sequence(challenge(1));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        Tenant.Lead ani = toko.lead("Ani").carrying("fitness_start", 1).told();
        stage.pass();
        ani.without("fitness_start").told();

        // When
        stage.pass();
        toko.become(toko.merah(), DeviceStatus.ONLINE);
        stage.pass();
        firing.repeatWhatIsSilent();

        // Then
        assertThat(stage.fired(toko)).isEmpty();
        assertThat(parked()).isZero();
        assertThat(obstacles()).isZero();
    }

    @Test
    void however_many_devices_come_back_at_once_each_sends_what_it_has_at_the_next_look() {
        // Given
        toko.sequence(challenge(1));
        List<DeviceId> fleet = Stream.generate(() -> new DeviceId(UUID.randomUUID()))
                .limit(230)
                .toList();
        List<Tenant.Lead> leads = fleet.stream()
                .map(device -> toko.lead("Ani").on(device).carrying("fitness_start", 1))
                .toList();
        toko.tell(leads);
        reviews.run();
        firing.run();
        assertThat(parked()).isEqualTo(230);

        // When
        toko.becomeOnline(fleet);
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(230);
    }

    @Test
    void instances_that_park_and_free_at_once_overlook_no_step() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.crowd(60, "fitness_start");
        reviews.run();

        // When
        for (int round = 0; round < 4; round++) {
            toko.become(toko.merah(), round % 2 == 0 ? DeviceStatus.OFFLINE : DeviceStatus.ONLINE);
            Race.of(Executors.callable(firing::run));
        }

        // Then
        assertThat(stage.fired(toko)).hasSize(60).doesNotHaveDuplicates();
        assertThat(parked()).isZero();
    }

    @Test
    void a_look_costs_what_can_go_out_however_much_is_blocked() {
        // Given
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        SequenceId blocked = toko.sequence(with(challenge(1), "trigger", "crowd"));
        Crowd crowd = Crowd.store(stage, toko, blocked, toko.merah(), 5_000);
        try {
            firing.run();
            stage.database().run("VACUUM ANALYZE sequence_contacts");

            // When
            long pages = Effort.pages(stage.database(), LEASE, 100, 60L);

            // Then
            assertThat(parked()).isEqualTo(5_000);
            // What other tests left due costs some; one page for each that is blocked would be many more.
            assertThat(pages).as("pages that a look touches").isLessThan(4_000);
        } finally {
            crowd.removed();
        }
    }

    private long parked() {
        return stage.database()
                .run(
                        "SELECT count(*) FROM sequence_contacts WHERE user_id = $1 AND parked_for IS NOT NULL",
                        toko.user().value())
                .iterator()
                .next()
                .getLong(0);
    }

    private long obstacles() {
        return stage.database()
                .run(
                        "SELECT count(*) FROM parkings WHERE user_id = $1",
                        toko.user().value())
                .iterator()
                .next()
                .getLong(0);
    }
}
