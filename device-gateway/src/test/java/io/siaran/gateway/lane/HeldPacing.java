package io.siaran.gateway.lane;

import static org.awaitility.Awaitility.await;

import io.siaran.model.DeviceId;
import io.siaran.outbox.Database;
import java.util.concurrent.CountDownLatch;

/** The pacing row of a device, locked: its turns wait inside their transaction until this is let go. */
final class HeldPacing implements AutoCloseable {

    private static final String LOCK = "SELECT FROM device_pacing WHERE device_id = $1 FOR UPDATE";
    private static final String WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
            + " AND datname = current_database()";

    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final Thread holder;

    HeldPacing(Database database, DeviceId device) throws InterruptedException {
        holder = Thread.startVirtualThread(() -> database.doInTransaction(tx -> {
            tx.run(LOCK, device.value());
            held.countDown();
            awaitUninterruptibly(letGo);
        }));
        held.await();
    }

    /** How many statements of anybody wait for a lock. */
    static long waiting(Database database) {
        return database.run(WAITING).iterator().next().getLong(0);
    }

    static void awaitWaiting(Database database, int count) {
        await().until(() -> waiting(database) >= count);
    }

    @Override
    public void close() throws InterruptedException {
        letGo.countDown();
        holder.join();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
    }
}
