package io.siaran.dispatch.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sixteen workers, as on several replicas, over three hundred devices. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReleaseRaceTest {

    private static final int WORKERS = 16;
    private static final int MESSAGES_OF_A_DEVICE = 6;
    private static final String LEASE = Sql.load(DeviceQueue.class, "lease.sql");
    private static final List<DeviceId> FLEET = IntStream.range(0, 300)
            .mapToObj(i -> new DeviceId(new UUID(0x0190_aaaa_0000_7000L, 0x8000_0000_0001_0000L + i)))
            .toList();

    /** Few enough at a time that the workers meet. */
    private static final ReleaseTerms TERMS = new ReleaseTerms(
            20,
            4,
            Stage.TERMS.pauseInFlight(),
            Stage.TERMS.startGrace(),
            Stage.TERMS.leaseMargin(),
            Stage.TERMS.defaultDelay(),
            Stage.TERMS.campaignsAgeAfter());

    @Inject
    Stage stage;

    @Inject
    Database database;

    @Inject
    DeviceQueue devices;

    @Inject
    MessageStore store;

    private final Instant limit = Instant.now().plusSeconds(60);

    @BeforeEach
    void setTheScene() {
        stage.reset();
        FLEET.forEach(device -> stage.online(device, Cast.AMINAH));
    }

    @Test
    void no_device_is_leased_twice_at_the_same_time() throws Exception {
        // Given
        stage.store(messages(1));
        Set<UUID> leased = ConcurrentHashMap.newKeySet();
        AtomicBoolean twice = new AtomicBoolean();

        // When
        race(() -> {
            for (int n = 0; n < 20; n++) {
                twice.compareAndSet(false, database.inTransaction(tx -> somebodyHolds(lease(tx), leased)));
            }
        });

        // Then
        assertThat(twice).isFalse();
    }

    @Test
    void every_message_is_released_once_no_window_overflows_and_nobody_starves() throws Exception {
        // Given
        stage.store(messages(MESSAGES_OF_A_DEVICE));
        int all = FLEET.size() * MESSAGES_OF_A_DEVICE;
        AtomicBoolean overflowed = new AtomicBoolean();

        // When
        race(() -> {
            while (sent() < all && Instant.now().isBefore(limit)) {
                database.doInTransaction(tx -> devices.release(tx, TERMS));
                overflowed.compareAndSet(false, aWindowOverflows());
                accept();
            }
        });

        // Then
        assertThat(overflowed).isFalse();
        assertThat(sent()).isEqualTo(all);
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE try_no <> 1"))
                .isEmpty();
        stage.assertCountsAddUp();
    }

    /**
     * Small: ./siaran bench queue has 500,000. What a release reads does not depend on how much waits, and in the worst
     * case as well: planned on this connection while nothing waited.
     */
    @Test
    void a_device_with_thousands_of_messages_costs_a_release_no_more_than_one_with_four() {
        // Given
        // As a month is before its first message: nobody has analysed it.
        database.run("TRUNCATE broadcast_messages");
        List<BroadcastMessage> many = messagesOf(Cast.MERAH, 0, 4_000);
        BroadcastMessage one = messagesOf(Cast.BIRU, 99, 1).getFirst();

        // When
        long read = database.inTransaction(tx -> {
            tx.run("UPDATE device_queue SET next_due = now()");
            devices.release(tx, Stage.TERMS);
            store.store(tx, many);
            store.store(tx, List.of(one));
            long before = rowsRead(tx);
            devices.release(tx, Stage.TERMS);
            return rowsRead(tx) - before;
        });

        // Then
        assertThat(stage.rows("SELECT FROM broadcast_messages WHERE status = 'processing'"))
                .hasSize(5);
        assertThat(read).isLessThan(50);
    }

    /** By this transaction, and by those before it on the connection whose statistics are not told yet. */
    private static long rowsRead(Tx tx) {
        return tx.run(
                        "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::bigint AS rows FROM pg_stat_xact_user_tables"
                                + " WHERE relname LIKE 'broadcast_messages%'")
                .iterator()
                .next()
                .getLong("rows");
    }

    private static List<UUID> lease(Tx tx) {
        return StreamSupport.stream(tx.run(LEASE, 20).spliterator(), false)
                .map(row -> row.getUUID("device_id"))
                .toList();
    }

    /** Notes that these are leased, and, while they still are, forgets it again. */
    private static boolean somebodyHolds(List<UUID> mine, Set<UUID> leased) {
        List<UUID> noted = mine.stream().filter(leased::add).toList();
        Thread.yield();
        noted.forEach(leased::remove);
        return noted.size() < mine.size();
    }

    private static void race(Runnable work) throws Exception {
        List<Callable<Void>> workers = new ArrayList<>();
        for (int n = 0; n < WORKERS; n++) {
            workers.add(() -> {
                work.run();
                return null;
            });
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> done : executor.invokeAll(workers)) {
                done.get();
            }
        }
    }

    /** Whatever is in flight, as far as nobody else settles it at this moment. */
    private void accept() {
        database.run("""
                WITH flying AS (
                  SELECT id, device_id FROM broadcast_messages WHERE status = 'processing'
                  ORDER BY random() LIMIT 40 FOR UPDATE SKIP LOCKED),
                settled AS (
                  UPDATE broadcast_messages AS m SET status = 'sent', sent_at = now(), attempts = 1,
                    lease_until = NULL, recall_at = NULL, max_pause = NULL
                  FROM flying WHERE m.id = flying.id)
                UPDATE device_queue AS d SET next_due = now()
                WHERE device_id IN (SELECT device_id FROM device_queue WHERE device_id IN (SELECT device_id FROM flying)
                  ORDER BY device_id FOR UPDATE)
                """);
    }

    private boolean aWindowOverflows() {
        return !stage.rows(
                        "SELECT FROM broadcast_messages WHERE status = 'processing' GROUP BY device_id HAVING count(*) > 4")
                .isEmpty();
    }

    private long sent() {
        Row row = stage.rows("SELECT count(*) AS n FROM broadcast_messages WHERE status = 'sent'")
                .getFirst();
        return row.getLong("n");
    }

    private static List<BroadcastMessage> messages(int each) {
        return FLEET.stream()
                .flatMap(device -> messagesOf(device, FLEET.indexOf(device) + 1_000, each).stream())
                .toList();
    }

    private static List<BroadcastMessage> messagesOf(DeviceId device, int batch, int count) {
        Instant planned = Instant.now().minus(Duration.ofMinutes(1));
        return IntStream.range(0, count)
                .mapToObj(i -> Cast.campaign(device, new LeadId(new UUID(7 << 12, batch * 10_000L + i)), 1, planned))
                .toList();
    }
}
