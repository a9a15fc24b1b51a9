package io.siaran.sequence.progress;

import io.siaran.kafka.RecordIntake;
import io.siaran.kafka.Writes;
import io.siaran.model.MessageStatus;
import io.siaran.model.Topic;
import io.siaran.sequence.batch.Wakes;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Takes in what dispatch tells of messages: notes it at the contact, and moves the enrolment on, in one transaction. */
@ApplicationScoped
class StatusIntake {

    private static final String LOCK_ENROLMENTS = Sql.load(StatusIntake.class, "lock-enrolments.sql");
    private static final String LOCK_CONTACTS = Sql.load(StatusIntake.class, "lock-contacts.sql");
    private static final String NOTE = Sql.load(StatusIntake.class, "note-statuses.sql");
    private static final String PLACE_REPLIES = Sql.load(StatusIntake.class, "place-replies.sql");

    private final RecordIntake intake;
    private final Writes writes;
    private final AdvanceEnrolments advance;
    private final RestartSteps restarts;
    private final Wakes wakes;

    StatusIntake(RecordIntake intake, Writes writes, AdvanceEnrolments advance, RestartSteps restarts, Wakes wakes) {
        this.intake = intake;
        this.writes = writes;
        this.advance = advance;
        this.restarts = restarts;
        this.wakes = wakes;
    }

    @Incoming("message-status")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.MESSAGE_STATUS, batch, MessageStatus.class, this::apply);
    }

    void apply(List<MessageStatus> statuses) {
        Map<Told, MessageStatus> newest = newestOfContacts(statuses);
        if (newest.isEmpty()) {
            return;
        }
        writes.inTransaction(tx -> noteAndAdvance(tx, newest), wakes.firing()::ring);
    }

    /** Answers how many contacts know more now. */
    private int noteAndAdvance(Tx tx, Map<Told, MessageStatus> statuses) {
        List<StatusUpdate> news = restarts.restart(tx, news(tx, statuses));
        note(tx, news);
        placeReplies(tx, news);
        advance.all(
                tx,
                news.stream()
                        .filter(StatusUpdate::decides)
                        .map(StatusUpdate::outcome)
                        .toList());
        return news.size();
    }

    /** Only steps have a contact; campaigns and direct messages are not ours. */
    private static Map<Told, MessageStatus> newestOfContacts(List<MessageStatus> statuses) {
        Map<Told, MessageStatus> newest = new HashMap<>();
        for (MessageStatus status : statuses) {
            if (status.contactId() != null) {
                Told told =
                        new Told(status.contactId().value(), status.messageId().value());
                newest.merge(told, status, (a, b) -> a.version() >= b.version() ? a : b);
            }
        }
        return newest;
    }

    private static List<StatusUpdate> news(Tx tx, Map<Told, MessageStatus> statuses) {
        UUID[] contacts =
                statuses.keySet().stream().map(Told::contact).distinct().toArray(UUID[]::new);
        tx.run(LOCK_ENROLMENTS, (Object) contacts);
        List<StatusUpdate> news = new ArrayList<>();
        for (Row row : tx.run(LOCK_CONTACTS, (Object) contacts)) {
            MessageStatus status = statuses.get(new Told(row.getUUID("id"), row.getUUID("message_id")));
            if (status != null) {
                StatusUpdate.of(status, row).ifPresent(news::add);
            }
        }
        return news;
    }

    private static void placeReplies(Tx tx, List<StatusUpdate> news) {
        UUID[] answered = news.stream()
                .filter(StatusUpdate::mayBeAnswered)
                .map(StatusUpdate::contact)
                .toArray(UUID[]::new);
        if (answered.length > 0) {
            tx.run(PLACE_REPLIES, (Object) answered);
        }
    }

    private static void note(Tx tx, List<StatusUpdate> news) {
        Columns<StatusUpdate> columns = new Columns<>(news);
        tx.run(
                NOTE,
                columns.uuids(StatusUpdate::contact),
                columns.longs(update -> update.status().version()),
                columns.texts(StatusUpdate::contactStatus),
                columns.texts(StatusUpdate::failureReason),
                columns.times(update -> update.status().sentAt()),
                columns.times(update -> update.status().deliveredAt()),
                columns.times(update -> update.status().readAt()),
                columns.times(update -> update.status().occurredAt()),
                columns.booleans(StatusUpdate::decides),
                columns.booleans(StatusUpdate::inDoubt));
    }

    /** A contact, and the message of it that is told of: a step that is sent again from another device has one after the other. */
    private record Told(UUID contact, UUID message) {}
}
