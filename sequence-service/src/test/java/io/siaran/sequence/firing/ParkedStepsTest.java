package io.siaran.sequence.firing;

import static io.siaran.sequence.Fitness.challenge;
import static io.siaran.sequence.Fitness.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
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
import io.siaran.sequence.Held;
import io.siaran.sequence.Race;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sequence.enrolment.ReviewLeads;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is due and may not go out is taken out of the way, and comes back when what it waits for is there. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ParkedStepsTest {

    private static final String LEASE = Sql.load(FireDueSteps.class, "lease-due-steps.sql");
    private static final String UNPARK = Sql.load(FireDueSteps.class, "unpark-steps.sql");
    private static final String FORGET = Sql.load(FireDueSteps.class, "forget-obstacles.sql");
    private static final String LOCK = "SELECT FROM parkings WHERE user_id = $1 FOR UPDATE";
    private static final Long LEASED_FOR = 60L;
    private static final Integer[] MOST = {100};
    private static final ExecutorService INSTANCES = Executors.newVirtualThreadPerTaskExecutor();

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    FireDueSteps firing;

    @Inject
    MeterRegistry metrics;

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

    /** One instance found the device offline and has not committed yet, while another one finds it online. */
    @Test
    void a_step_that_is_parked_while_its_device_comes_back_is_not_overlooked() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();

        // When
        try (Held parking = new Held(stage.database(), tx -> tx.run(LEASE, LEASED_FOR, users(), MOST))) {
            toko.become(toko.merah(), DeviceStatus.ONLINE);
            firing.run();
            assertThat(stage.fired(toko)).isEmpty();
            parking.commit();
        }
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(1);
        assertThat(parked()).isZero();
        assertThat(obstacles()).isZero();
    }

    /** Who frees the last step of a device deletes what it was parked for: the one who parks meanwhile waits for that, and says it anew. */
    @Test
    void a_step_that_is_parked_while_the_last_one_before_it_is_freed_is_not_overlooked() throws Exception {
        // Given
        toko.sequence(challenge(1));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.lead("Ani").carrying("fitness_start", 1).told();
        reviews.run();
        firing.run();
        toko.lead("Budi").carrying("fitness_start", 1).told();
        reviews.run();

        // When
        try (Held freeing =
                new Held(stage.database(), tx -> tx.run(LOCK, toko.user().value()))) {
            Future<?> parking = INSTANCES.submit(() -> stage.database().run(LEASE, LEASED_FOR, users(), MOST));
            await().until(this::someoneWaits);
            toko.become(toko.merah(), DeviceStatus.ONLINE);
            freeing.go(tx -> {
                tx.run(UNPARK, merah(), users(), 10);
                tx.run(FORGET, merah(), users());
            });
            freeing.commit();
            parking.get();
        }
        assertThat(parked()).isEqualTo(1);
        firing.run();

        // Then
        assertThat(stage.fired(toko)).hasSize(2);
        assertThat(parked()).isZero();
        assertThat(obstacles()).isZero();
    }

    @Test
    void what_blocks_nothing_is_forgotten_however_much_it_is() {
        // Given
        stage.database()
                .run(
                        "INSERT INTO parkings SELECT gen_random_uuid(), $1 FROM generate_series(1, 10500)",
                        toko.user().value());

        // When
        firing.repeatWhatIsSilent();

        // Then
        assertThat(obstacles()).isZero();
    }

    @Test
    void how_many_steps_wait_is_shown() {
        // Given
        toko.sequence(challenge(1));
        toko.become(toko.merah(), DeviceStatus.OFFLINE);
        toko.crowd(3, "fitness_start");
        reviews.run();
        firing.run();

        // When
        firing.repeatWhatIsSilent();

        // Then
        assertThat(metrics.get("siaran.sequence.parked").gauge().value()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void instances_that_look_at_once_while_a_device_comes_and_goes_fire_each_step_once() throws Exception {
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
            long pages = Effort.pages(stage.database(), LEASE, LEASED_FOR, users(), MOST);

            // Then
            assertThat(parked()).isEqualTo(5_000);
            // What other tests left due costs some; one page for each that is blocked would be many more.
            assertThat(pages).as("pages that a look touches").isLessThan(4_000);
        } finally {
            crowd.removed();
        }
    }

    private String[] users() {
        return new String[] {toko.user().value()};
    }

    private UUID[] merah() {
        return new UUID[] {toko.merah().value()};
    }

    private boolean someoneWaits() {
        return stage.database()
                        .run(
                                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
                                        + " AND query LIKE '%steps that are due%'")
                        .rowCount()
                > 0;
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
