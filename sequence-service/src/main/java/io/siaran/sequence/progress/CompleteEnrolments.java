package io.siaran.sequence.progress;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadCommand;
import io.siaran.model.LeadId;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Ends enrolments after their last step: the trigger comes off the lead, and the next sequence's goes on. */
@ApplicationScoped
class CompleteEnrolments {

    private static final String COMPLETE = Sql.load(CompleteEnrolments.class, "complete-enrolments.sql");

    private final Outbox outbox;
    private final MeterRegistry metrics;

    CompleteEnrolments(Outbox outbox, MeterRegistry metrics) {
        this.outbox = outbox;
        this.metrics = metrics;
    }

    void complete(Tx tx, List<StepOutcome> last) {
        if (last.isEmpty()) {
            return;
        }
        Columns<StepOutcome> columns = new Columns<>(last);
        List<OutboxRecord> news = new ArrayList<>();
        for (Row row :
                tx.run(COMPLETE, columns.uuids(StepOutcome::enrolment), columns.texts(StepOutcome::nextTrigger))) {
            news.addAll(newsOf(row));
        }
        outbox.append(tx, news);
        metrics.counter("siaran.sequence.completed").increment(last.size());
    }

    private List<OutboxRecord> newsOf(Row row) {
        UserId user = new UserId(row.getString("user_id"));
        LeadId lead = new LeadId(row.getUUID("lead_id"));
        long assignment = row.getLong("assignment") == null ? 0 : row.getLong("assignment");
        Instant at = row.getOffsetDateTime("ended_at").toInstant();
        List<OutboxRecord> news = new ArrayList<>();
        // Nothing is on the lead where no trigger let it in.
        if (row.getString("trigger") != null) {
            news.add(command(new LeadCommand.RemoveTrigger(
                    row.getUUID("removal"), user, lead, row.getString("trigger"), assignment)));
        }
        if (row.getString("chained_to") != null) {
            news.add(command(new LeadCommand.AddTrigger(
                    row.getUUID("addition"), user, lead, row.getString("chained_to"), row.getLong("used_up_to"))));
        }
        news.add(new OutboxRecord(
                Topic.SEQUENCE_EVENTS,
                lead.toString(),
                new SequenceEvent.Completed(user, new SequenceId(row.getUUID("sequence_id")), lead, assignment, at)));
        return news;
    }

    private static OutboxRecord command(LeadCommand command) {
        return new OutboxRecord(Topic.LEAD_COMMANDS, command.leadId().toString(), command);
    }
}
