package io.siaran.gateway.scene;

import static org.awaitility.Awaitility.await;

import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import java.util.concurrent.CountDownLatch;

/** Something in the database that others wait for, in the middle of their transaction, until this is let go. */
public final class HeldLock implements AutoCloseable {

    private static final String PACING = "SELECT FROM device_pacing WHERE device_id = $1 FOR UPDATE";
    private static final String DEVICE = "SELECT FROM devices WHERE id = $1 FOR UPDATE";
    private static final String OUTBOX = "LOCK TABLE outbox IN SHARE MODE";
    private static final String ADVISORY = "SELECT FROM pg_advisory_xact_lock($1)";
    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database()";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Thread holder;

    private HeldLock(Database database, String sql, Object... what) throws InterruptedException {
        holder = Thread.startVirtualThread(() -> database.doInTransaction(tx -> {
            tx.run(sql, what);
            held.countDown();
            untilDown(letGo);
        }));
        held.await();
    }

    /** No turn of the device begins. */
    public static HeldLock ofPacing(Database database, DeviceId device) throws InterruptedException {
        return new HeldLock(database, PACING, device.value());
    }

    /** Nothing about the device changes. */
    public static HeldLock ofDevice(Database database, DeviceId device) throws InterruptedException {
        return new HeldLock(database, DEVICE, device.value());
    }

    /** Nobody tells anything: every statement that would waits, with all that it did. */
    public static HeldLock ofNews(Database database) throws InterruptedException {
        return new HeldLock(database, OUTBOX);
    }

    /** Who asks for this advisory lock waits. */
    public static HeldLock advisory(Database database, long key) throws InterruptedException {
        return new HeldLock(database, ADVISORY, key);
    }

    /** How many statements of anybody wait for a lock. */
    public static long waiting(Database database) {
        return database.run(WAITING).iterator().next().getLong(0);
    }

    /** Cuts the connection of everybody who waits for a lock, as the end of their process does. */
    public static void killWaiting(Database database) {
        database.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND datname = current_database()");
    }

    public static void awaitWaiting(Database database) {
        await().atMost(GatewayScene.PATIENCE).until(() -> waiting(database) > 0);
    }

    @Override
    public void close() throws InterruptedException {
        letGo.countDown();
        holder.join();
    }

    private static void untilDown(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
    }
}
