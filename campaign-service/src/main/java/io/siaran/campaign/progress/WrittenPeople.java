package io.siaran.campaign.progress;

import io.siaran.campaign.ErasedPeople;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * When each person was written to last, by a campaign or a sequence: for segments that leave out who was lately. What may
 * have been sent counts as sent. Direct messages have no lead, and do not count.
 */
@ApplicationScoped
class WrittenPeople {

    private static final String NOTE = Sql.load(WrittenPeople.class, "note-written.sql");

    private final Database database;
    private final ErasedPeople erased;
    private final RecordIntake intake;

    WrittenPeople(Database database, ErasedPeople erased, RecordIntake intake) {
        this.database = database;
        this.erased = erased;
        this.intake = intake;
    }

    @Incoming("message-status")
    @Blocking(ordered = true)
    void consume(ConsumerRecords<String, String> batch) {
        intake.take(Topic.MESSAGE_STATUS, batch, MessageStatus.class, this::apply);
    }

    void apply(List<MessageStatus> statuses) {
        Columns<MessageStatus> rows =
                new Columns<>(statuses.stream().filter(WrittenPeople::isWritten).toList());
        if (!rows.rows().isEmpty()) {
            database.doInTransaction(tx -> {
                erased.keepErasuresOut(tx, rows.rows().stream().map(MessageStatus::userId));
                tx.run(
                        NOTE,
                        rows.texts(status -> status.userId().value()),
                        rows.uuids(status -> status.leadId().value()),
                        rows.times(WrittenPeople::at));
            });
        }
    }

    private static boolean isWritten(MessageStatus status) {
        return status.leadId() != null
                && (status.status() == MessageState.SENT || status.status() == MessageState.UNKNOWN);
    }

    private static Instant at(MessageStatus status) {
        return status.sentAt() == null ? status.occurredAt() : status.sentAt();
    }
}
