package io.siaran.dispatch.event;

import io.siaran.kafka.RecordIntake;
import io.siaran.model.InboundMessage;
import io.siaran.model.SequenceEvent;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** What others tell that only people want to know: replies, and how leads walk through sequences. Each is kept once. */
@ApplicationScoped
class FactIntake {

    private static final String REPLIES = Sql.load(FactIntake.class, "replies.sql");
    private static final String WALKS = Sql.load(FactIntake.class, "walks.sql");

    /** Of a text that may be of any length. */
    private static final int KEPT_CHARACTERS = 4_096;

    private final RecordIntake intake;
    private final Database database;

    FactIntake(RecordIntake intake, Database database) {
        this.intake = intake;
        this.database = database;
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

    void keepReplies(List<InboundMessage> replies) {
        var columns = new Columns<>(replies);
        database.run(
                REPLIES,
                columns.uuids(InboundMessage::id),
                columns.texts(r -> r.userId().value()),
                columns.uuids(r -> r.deviceId().value()),
                columns.texts(r -> r.phone().digits()),
                columns.times(InboundMessage::at),
                columns.texts(InboundMessage::type),
                columns.texts(r -> shortened(r.text())));
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
