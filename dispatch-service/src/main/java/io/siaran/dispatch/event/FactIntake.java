package io.siaran.dispatch.event;

import io.siaran.dispatch.audit.KeepDeeds;
import io.siaran.dispatch.queue.ErasedPeople;
import io.siaran.dispatch.queue.ErasedPeople.Person;
import io.siaran.kafka.RecordIntake;
import io.siaran.model.InboundMessage;
import io.siaran.model.SequenceEvent;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * What others tell that only people want to know: replies, how leads walk through sequences, imports that ended, what people did.
 * Each is kept once.
 */
@ApplicationScoped
class FactIntake {

    private static final String REPLIES = Sql.load(FactIntake.class, "replies.sql");
    private static final String IMPORTS = Sql.load(FactIntake.class, "imports.sql");
    private static final String WALKS = Sql.load(FactIntake.class, "walks.sql");

    /** Of a text that may be of any length. */
    private static final int KEPT_CHARACTERS = 4_096;

    private final RecordIntake intake;
    private final Database database;
    private final KeepDeeds deeds;
    private final ErasedPeople erased;

    FactIntake(RecordIntake intake, Database database, KeepDeeds deeds, ErasedPeople erased) {
        this.intake = intake;
        this.database = database;
        this.deeds = deeds;
        this.erased = erased;
    }

    @Incoming("inbound-messages")
    @Blocking(ordered = true)
    void replies(ConsumerRecords<String, String> batch) {
        intake.take(Topic.INBOUND_MESSAGES, batch, InboundMessage.class, this::keepReplies);
    }

    @Incoming("sequence-events")
    @Blocking(ordered = true)
    void walks(ConsumerRecords<String, String> batch) {
        intake.take(Topic.SEQUENCE_EVENTS, batch, SequenceEvent.class, this::keepWalks);
    }

    @Incoming("user-events")
    @Blocking(ordered = true)
    void userEvents(ConsumerRecords<String, String> batch) {
        intake.take(Topic.USER_EVENTS, batch, UserEvent.class, this::keepUserEvents);
    }

    void keepUserEvents(List<UserEvent> events) {
        deeds.keep(only(UserEvent.Done.class, events));
        keepImports(only(UserEvent.ImportCompleted.class, events));
    }

    private void keepImports(List<UserEvent.ImportCompleted> imports) {
        var columns = new Columns<>(imports);
        database.run(
                IMPORTS,
                columns.uuids(UserEvent.ImportCompleted::id),
                columns.texts(i -> i.userId().value()),
                columns.texts(UserEvent.ImportCompleted::status),
                columns.texts(i -> i.failure() == null ? null : shortened(i.failure())),
                columns.longs(UserEvent.ImportCompleted::lines),
                columns.longs(UserEvent.ImportCompleted::created),
                columns.longs(UserEvent.ImportCompleted::updated),
                columns.longs(UserEvent.ImportCompleted::unchanged),
                columns.longs(UserEvent.ImportCompleted::duplicate),
                columns.longs(UserEvent.ImportCompleted::refused),
                columns.times(UserEvent.ImportCompleted::at));
    }

    void keepReplies(List<InboundMessage> told) {
        database.doInTransaction(tx -> {
            var columns = new Columns<>(erased.withoutErased(
                    tx,
                    told,
                    reply -> new Person(reply.userId(), reply.phone()),
                    (reply, erasure) -> !reply.at().isAfter(erasure.at())));
            tx.run(
                    REPLIES,
                    columns.uuids(InboundMessage::id),
                    columns.texts(r -> r.userId().value()),
                    columns.uuids(r -> r.deviceId().value()),
                    columns.texts(r -> r.phone().digits()),
                    columns.times(InboundMessage::at),
                    columns.texts(InboundMessage::type),
                    columns.texts(r -> shortened(r.text())));
        });
    }

    void keepWalks(List<SequenceEvent> events) {
        var columns = new Columns<>(events);
        database.run(
                WALKS,
                columns.uuids(e -> e.sequenceId().value()),
                columns.uuids(e -> e.leadId().value()),
                columns.longs(SequenceEvent::assignment),
                columns.texts(FactIntake::what),
                columns.texts(e -> e.userId().value()),
                columns.texts(e -> e instanceof SequenceEvent.Left left ? left.reason() : null),
                columns.times(SequenceEvent::at));
    }

    private static <T> List<T> only(Class<T> type, List<? super T> events) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static String what(SequenceEvent event) {
        return switch (event) {
            case SequenceEvent.Entered _ -> "entered";
            case SequenceEvent.Completed _ -> "completed";
            case SequenceEvent.Left _ -> "left";
        };
    }

    /** Never half a surrogate pair. */
    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= KEPT_CHARACTERS
                ? text
                : text.substring(0, text.offsetByCodePoints(0, KEPT_CHARACTERS));
    }
}
