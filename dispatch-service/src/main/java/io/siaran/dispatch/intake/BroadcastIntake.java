package io.siaran.dispatch.intake;

import io.siaran.dispatch.queue.MessageStore;
import io.siaran.dispatch.queue.WorkSignal;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.BroadcastRecord;
import io.siaran.model.Topic;
import io.siaran.model.Withdraw;
import io.siaran.sql.Database;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** {@code broadcast-messages} into the queue, a batch a transaction. */
@ApplicationScoped
class BroadcastIntake {

    private final RecordIntake intake;
    private final Database database;
    private final MessageStore store;
    private final Outbox outbox;
    private final WorkSignal work;

    BroadcastIntake(RecordIntake intake, Database database, MessageStore store, Outbox outbox, WorkSignal work) {
        this.intake = intake;
        this.database = database;
        this.store = store;
        this.outbox = outbox;
        this.work = work;
    }

    @Incoming("broadcast-messages")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.BROADCAST_MESSAGES, batch, BroadcastRecord.class, this::apply);
    }

    /** Withdrawals are final, so it makes no difference which side of their message they stood. */
    private void apply(List<BroadcastRecord> records) {
        database.doInTransaction(
                tx -> store.take(tx, only(BroadcastMessage.class, records), only(Withdraw.class, records)));
        outbox.wake();
        work.ring();
    }

    private static <R extends BroadcastRecord> List<R> only(Class<R> type, List<BroadcastRecord> records) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
