package io.siaran.sequence.enrolment;

import io.siaran.kafka.RecordIntake;
import io.siaran.kafka.Writes;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.reactive.messaging.annotations.Blocking;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Notes who answers, and takes them out of the sequences that ask for it ({@code stop_on_reply}). Safe to repeat. */
@ApplicationScoped
class ReplyIntake {

    private static final String FIND = Sql.load(ReplyIntake.class, "find-replied.sql");
    private static final String NOTE = Sql.load(ReplyIntake.class, "note-replies.sql");

    private final RecordIntake intake;
    private final Writes writes;
    private final EndEnrolments endEnrolments;

    ReplyIntake(RecordIntake intake, Writes writes, EndEnrolments endEnrolments) {
        this.intake = intake;
        this.writes = writes;
        this.endEnrolments = endEnrolments;
    }

    @Incoming("inbound-messages")
    @Blocking(ordered = true)
    void take(ConsumerRecords<String, String> batch) {
        intake.take(Topic.INBOUND_MESSAGES, batch, InboundMessage.class, this::apply);
    }

    void apply(List<InboundMessage> replies) {
        Columns<InboundMessage> columns = new Columns<>(replies);
        writes.inTransaction(tx -> end(tx, columns));
    }

    /** Answers how many enrolments ended. */
    private int end(Tx tx, Columns<InboundMessage> replies) {
        String[] users = replies.texts(reply -> reply.userId().value());
        String[] phones = replies.texts(reply -> reply.phone().digits());
        OffsetDateTime[] times = replies.times(InboundMessage::at);
        List<UUID> concerned = new ArrayList<>();
        List<Exit> exits = new ArrayList<>();
        for (Row row : tx.run(FIND, users, phones, times)) {
            concerned.add(row.getUUID("id"));
            if (row.getBoolean("ends")) {
                exits.add(new Exit(row.getUUID("id"), LeftReason.REPLIED));
            }
        }
        if (!concerned.isEmpty()) {
            tx.run(NOTE, users, phones, times, concerned.toArray(UUID[]::new));
            endEnrolments.end(tx, exits);
        }
        return exits.size();
    }
}
