package io.siaran.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.breaker.BreakerConfig;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.ConnectedDevices;
import io.siaran.gateway.rules.Rate;
import io.siaran.gateway.rules.SendingRules;
import io.siaran.gateway.rules.SendingRules.Caps;
import io.siaran.gateway.scene.Attempts;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.HeldLock;
import io.siaran.kafka.Outbox;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceId;
import io.siaran.model.Send;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two gateways whose groups of turns hold shared rates until they commit. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class SharedRatesTest extends GatewayScene {

    private static final String DEADLOCK = "40P01";
    private static final Rate FLEET = new Rate("fleet", 100_000);

    @Inject
    Pool pool;

    @Inject
    Journal journal;

    @Inject
    Outbox outbox;

    @Inject
    JournalConfig journalConfig;

    @Inject
    BreakerConfig breakers;

    @Inject
    ConnectedDevices devices;

    private final CountDownLatch allHaveAsked = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger circles = new AtomicInteger();
    private final List<Thread> speakers = new ArrayList<>();
    private final List<BeginVerdict> verdicts = new CopyOnWriteArrayList<>();
    private Database stoppable;

    @BeforeEach
    void stopEverything() {
        stoppable = new StoppableDatabase(pool);
    }

    @AfterEach
    void forgetRates() {
        database.run("DELETE FROM sending_rates");
    }

    @Test
    void two_groups_of_the_same_users_do_not_wait_for_each_other_in_a_circle() throws Exception {
        // Given: by their age alone, the second gateway's devices come in the other order of users than the first one's
        List<Registered> cast = Cast.onlineDevices(Cast.MAJU, Cast.SINAR, Cast.SINAR, Cast.MAJU);

        // When
        meet(cast.subList(0, 2), cast.subList(2, 4), List.of());

        // Then
        assertThat(circles).hasValue(0);
        assertThat(verdicts).hasSize(4).allMatch(BeginVerdict.Begun.class::isInstance);
    }

    @Test
    void two_groups_of_a_fleet_with_a_rate_do_not_wait_for_each_other_in_a_circle() throws Exception {
        // Given
        List<Registered> cast = Cast.onlineDevices(Cast.MAJU, Cast.SINAR, Cast.SINAR);

        // When
        meet(cast.subList(0, 2), cast.subList(2, 3), List.of(FLEET));

        // Then
        assertThat(circles).hasValue(0);
        assertThat(verdicts).hasSize(3).allMatch(BeginVerdict.Begun.class::isInstance);
    }

    /** Both groups speak at once; the first one is stopped before its second turn, until the other one has all it can get. */
    private void meet(List<Registered> first, List<Registered> second, List<Rate> shared) throws Exception {
        Journal one = new Journal(stoppable, outbox, journalConfig, breakers);
        Journal other = new Journal(stoppable, outbox, journalConfig, breakers);
        Stream.concat(first.stream(), second.stream()).forEach(device -> journal.openPacing(ruled(device, shared)));
        try (HeldLock stopped = HeldLock.ofPacing(database, first.get(1).id())) {
            occupy(one, first.getFirst());
            occupy(other, second.getFirst());
            first.forEach(device -> speak(one, device, shared));
            second.forEach(device -> speak(other, device, shared));
            await().atMost(PATIENCE)
                    .until(() -> speakers.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
            allHaveAsked.countDown();
            await().atMost(PATIENCE).until(() -> HeldLock.waiting(database) + verdicts.size() >= 2);
        }
        for (Thread each : speakers) {
            each.join();
        }
    }

    /** Leaves the journal no free hand, so that who asks next waits to be one group. */
    private void occupy(Journal journal, Registered merah) {
        Registered stranger = new Registered(new DeviceId(UUID.randomUUID()), merah.user(), merah.token());
        ConnectedDevice device = ruled(merah, List.of());
        for (int i = 0; i < journalConfig.groupsAtOnce(); i++) {
            int before = atWork.get();
            Thread.startVirtualThread(() -> begin(journal, stranger, device));
            await().atMost(PATIENCE).untilAtomic(atWork, greaterThan(before));
        }
    }

    private void speak(Journal journal, Registered merah, List<Rate> shared) {
        ConnectedDevice device = ruled(merah, shared);
        speakers.add(Thread.startVirtualThread(() -> verdicts.add(begin(journal, merah, device))));
    }

    private static BeginVerdict begin(Journal journal, Registered merah, ConnectedDevice device) {
        Send send = Cast.send(merah, Cast.message(), Cast.ANI);
        return journal.begin(Attempts.of(send, device));
    }

    private ConnectedDevice ruled(Registered merah, List<Rate> shared) {
        Rate ofUser = new Rate("user:" + merah.user().value(), 100_000);
        List<Rate> rates = Stream.concat(Stream.of(ofUser), shared.stream()).toList();
        return Cast.under(
                new SendingRules(ZoneId.of("Asia/Kuala_Lumpur"), List.of(), Set.of(), Caps.NONE, Instant.EPOCH, rates),
                devices.newest(merah.id()).orElseThrow());
    }

    /**
     * The database, which works when all have asked, and counts how often it had to break a circle: the journal does again
     * what was refused, so nothing else shows it.
     */
    private final class StoppableDatabase extends Database {

        private StoppableDatabase(Pool pool) {
            super(pool);
        }

        @Override
        public RowSet<Row> run(String sql, Object... arguments) {
            return counted(() -> super.run(sql, arguments));
        }

        @Override
        public List<RowSet<Row>> runAll(String sql, List<Object[]> tuples) {
            return counted(() -> super.runAll(sql, tuples));
        }

        @Override
        public <T> T inTransaction(Function<Tx, T> work) {
            return counted(() -> super.inTransaction(work));
        }

        private <T> T counted(Supplier<T> work) {
            atWork.incrementAndGet();
            try {
                allHaveAsked.await();
                return work.get();
            } catch (PgException refused) {
                if (DEADLOCK.equals(refused.getSqlState())) {
                    circles.incrementAndGet();
                }
                throw refused;
            } catch (InterruptedException ending) {
                throw new IllegalStateException(ending);
            }
        }
    }
}
