package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import io.siaran.model.Send;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That an instance sends nothing, because no turn of its lanes ends, is told by how long that lasts. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StuckTurnsTest extends TurnScene {

    private final MeterRegistry own = new SimpleMeterRegistry();
    private final CountDownLatch databaseIsBack = new CountDownLatch(1);
    private final Told first = new Told();

    private HaltingJournal journal;
    private Lanes lanes;
    private Registered merah;

    @BeforeEach
    void lanesOfOurOwn() {
        journal = journal();
        lanes = lanes(journal, config, own);
        merah = Cast.onlineDevice(Cast.SINAR, "merah");
    }

    @AfterEach
    void letEverybodyGo() {
        databaseIsBack.countDown();
    }

    @Test
    void turns_that_fail_are_told_until_one_ends() {
        // Given
        journal.beforeBegin = this::refuse;
        assertThat(stuck()).isZero();

        // When
        lanes.add(0, send(merah), first);

        // Then
        awaitGrowing();

        // When
        journal.beforeBegin = () -> {};

        // Then
        first.awaitSettled();
        await().atMost(PATIENCE).until(() -> stuck() == 0);
    }

    /** As those whose beginning got no answer: they are taken back first, however long that takes. */
    @Test
    void turns_that_hang_are_told_until_one_ends() {
        // Given
        journal.beforeBegin = this::awaitDatabase;

        // When
        lanes.add(0, send(merah), first);

        // Then
        awaitGrowing();

        // When
        databaseIsBack.countDown();

        // Then
        first.awaitSettled();
        await().atMost(PATIENCE).until(() -> stuck() == 0);
    }

    @Test
    void a_turn_of_another_device_that_ends_shows_that_the_instance_does_not_stand_still() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        journal.beforeBegin = this::awaitDatabase;
        lanes.add(0, send(merah), first);
        awaitGrowing();

        // When
        long later = System.nanoTime();
        journal.beforeBegin = () -> {};
        Told other = new Told();
        lanes.add(0, send(biru), other);

        // Then
        other.awaitSettled();
        assertThat(stuck()).isPositive().isLessThan((System.nanoTime() - later) / 1e9);
    }

    @Test
    void what_is_recalled_or_left_to_another_is_told_no_more() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        journal.beforeBegin = this::refuse;
        Send recalled = send(biru);
        lanes.add(1, recalled, new Told());
        lanes.add(0, send(merah), first);
        awaitGrowing();

        // When
        lanes.leave(partition -> partition == 0);
        Told taken = new Told();
        lanes.recall(recall(recalled), taken);

        // Then
        taken.awaitSettled();
        await().atMost(PATIENCE).until(() -> stuck() == 0);
    }

    private void awaitGrowing() {
        await().atMost(PATIENCE).until(() -> stuck() > 0);
        double before = stuck();
        await().atMost(PATIENCE).until(() -> stuck() > before);
    }

    private double stuck() {
        return own.get("siaran.turns.stuck").gauge().value();
    }

    private void refuse() {
        throw new IllegalStateException("the disk is full");
    }

    private void awaitDatabase() {
        try {
            databaseIsBack.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    private static Send send(Registered device) {
        return Cast.send(device, Cast.message(), Cast.ANI);
    }
}
