package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.SequenceEvent;
import io.siaran.model.SequenceId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.model.Withdraw;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Ends enrolments before their last step: cancels what is to come, withdraws what may be queued, tells of each. */
@ApplicationScoped
public class EndEnrolments {

    private static final String FIND = Sql.load(EndEnrolments.class, "find-exits.sql");
    private static final String CLOSE = Sql.load(EndEnrolments.class, "close-enrolments.sql");
    private static final String LOCK_UNSENT = Sql.load(EndEnrolments.class, "lock-unsent.sql");
    private static final String CANCEL = Sql.load(EndEnrolments.class, "cancel-contacts.sql");

    /** Walks cancelled by one statement: of a year's steps each, 73,000 rows, so that none takes too long. */
    private static final int AT_ONCE = 200;

    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final EnrolmentConfig config;

    EndEnrolments(Outbox outbox, MeterRegistry metrics, EnrolmentConfig config) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.config = config;
    }

    /** Whoever was deleted, opted out, changed status, lost the device, no longer carries what let the lead in, or walks already as another lead. */
    void ofLeadsWithoutCause(Tx tx, UUID[] leads) {
        List<Exit> exits = new ArrayList<>();
        for (Row row : tx.run(FIND, leads, (double) config.deviceGrace().toSeconds())) {
            if (row.getString("reason") != null) {
                exits.add(new Exit(row.getUUID("id"), WireEnum.read(LeftReason.class, row.getString("reason"))));
            }
        }
        end(tx, exits);
    }

    /** The caller holds the locks of these enrolments; one that is not open stays as it ended. */
    public void end(Tx tx, List<Exit> exits) {
        if (exits.isEmpty()) {
            return;
        }
        Columns<Exit> columns = new Columns<>(exits);
        List<OutboxRecord> news = new ArrayList<>();
        List<UUID> left = new ArrayList<>();
        for (Row row : tx.run(CLOSE, columns.uuids(Exit::enrolment), columns.wires(Exit::reason))) {
            left.add(row.getUUID("id"));
            news.add(left(row));
        }
        if (!left.isEmpty()) {
            tx.run(LOCK_UNSENT, (Object) left.toArray(UUID[]::new));
        }
        for (int from = 0; from < left.size(); from += AT_ONCE) {
            List<UUID> some = left.subList(from, Math.min(from + AT_ONCE, left.size()));
            tx.run(CANCEL, (Object) some.toArray(UUID[]::new)).forEach(row -> news.add(withdrawal(row)));
        }
        outbox.append(tx, news);
        metrics.counter("siaran.sequence.left").increment(left.size());
    }

    private static OutboxRecord left(Row row) {
        LeadId lead = new LeadId(row.getUUID("lead_id"));
        return new OutboxRecord(
                Topic.SEQUENCE_EVENTS,
                lead.toString(),
                new SequenceEvent.Left(
                        new UserId(row.getString("user_id")),
                        new SequenceId(row.getUUID("sequence_id")),
                        lead,
                        assignment(row),
                        row.getString("left_reason"),
                        row.getOffsetDateTime("ended_at").toInstant()));
    }

    /** 0 where no trigger let the lead in. */
    private static long assignment(Row row) {
        Long assignment = row.getLong("assignment");
        return assignment == null ? 0 : assignment;
    }

    private static OutboxRecord withdrawal(Row row) {
        DeviceId device = new DeviceId(row.getUUID("processing_device_id"));
        return new OutboxRecord(
                Topic.BROADCAST_MESSAGES,
                device.toString(),
                new Withdraw(new MessageId(row.getUUID("message_id")), new UserId(row.getString("user_id")), device));
    }
}
