package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sequence.enrolment.ContactVersions;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Says of one lead where it is in its sequences, and why. Waits: not for event loops. */
@ApplicationScoped
class ExplainContacts implements ContactVersions {

    private static final int MOST = 100;
    private static final String FIND = Sql.load(ExplainContacts.class, "find-enrolment.sql");
    private static final String STEPS = Sql.load(ExplainContacts.class, "list-steps-of-walk.sql");
    private static final String OF_LEAD = Sql.load(ExplainContacts.class, "list-enrolments-of-lead.sql");

    private static final String LOCK =
            "SELECT FROM enrolments WHERE sequence_id = $1 AND lead_id = $2 AND user_id = $3 ORDER BY id FOR UPDATE";

    private static final String KNOWN = "SELECT FROM leads WHERE id = $1 AND user_id = $2 AND NOT deleted";

    private final Reads reads;
    private final Clock clock;

    ExplainContacts(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** The newest first, as many as anybody looks at. Throws {@link Refusal} (a 404) when this user has no such lead. */
    List<EnrolmentSummary> ofLead(UserId user, LeadId lead) {
        List<EnrolmentSummary> enrolments = new ArrayList<>();
        reads.run(OF_LEAD, lead.value(), user.value(), MOST).forEach(row -> enrolments.add(EnrolmentSummary.of(row)));
        if (enrolments.isEmpty() && reads.run(KNOWN, lead.value(), user.value()).size() == 0) {
            throw Refusal.notFound("lead", lead);
        }
        return enrolments;
    }

    ContactExplained explain(UserId user, SequenceId sequence, LeadId lead) {
        return reads.inTransaction(tx -> explain(tx, user, sequence, lead));
    }

    private ContactExplained explain(Tx tx, UserId user, SequenceId sequence, LeadId lead) {
        return find(tx, user, sequence, lead, enrolment -> ahead(tx, enrolment))
                .orElseThrow(() -> Refusal.notFound("contact of this sequence with the lead", lead));
    }

    @Override
    public OptionalLong locked(Tx tx, UserId user, SequenceId sequence, LeadId lead) {
        // First, and by itself: a statement that waited for the lock would show the steps as they were before.
        tx.run(LOCK, sequence.value(), lead.value(), user.value());
        return find(tx, user, sequence, lead, _ -> List.of()).stream()
                .mapToLong(ContactExplained::version)
                .findFirst();
    }

    private Optional<ContactExplained> find(
            Tx tx,
            UserId user,
            SequenceId sequence,
            LeadId lead,
            Function<Row, List<ContactExplained.Ahead>> forecast) {
        for (Row enrolment : tx.run(FIND, sequence.value(), lead.value(), user.value())) {
            List<Row> behind = new ArrayList<>();
            tx.run(STEPS, enrolment.getUUID("id")).forEach(behind::add);
            Row last = behind.isEmpty() ? null : behind.getLast();
            return Optional.of(new ContactExplained(
                    sequence,
                    lead,
                    WireEnum.read(EnrolmentStatus.class, enrolment.getString("status")),
                    EnrolmentSummary.reason(enrolment),
                    enrolment.getString("trigger"),
                    enrolment.getOffsetDateTime("entered_at").toInstant(),
                    EnrolmentSummary.time(enrolment, "ended_at"),
                    EnrolmentSummary.time(enrolment, "updated_at"),
                    last == null ? null : waitsFor(enrolment, last),
                    behind.stream().map(ExplainContacts::behind).toList(),
                    forecast.apply(enrolment)));
        }
        return Optional.empty();
    }

    private WaitsFor waitsFor(Row enrolment, Row last) {
        if (!enrolment.getString("status").equals("open")) {
            return null;
        }
        if (last.getString("status").equals("unknown")) {
            return WaitsFor.OUTCOME;
        }
        boolean setAside = Boolean.TRUE.equals(last.getBoolean("set_aside"));
        boolean leased = last.getBoolean("out") && last.getString("status").equals("active");
        if (leased) {
            return setAside ? WaitsFor.SET_ASIDE : WaitsFor.QUEUE;
        }
        if (enrolment.getBoolean("device_deleted")) {
            return WaitsFor.MOVE;
        }
        return beforeItIsLeased(enrolment, last, setAside);
    }

    private WaitsFor beforeItIsLeased(Row enrolment, Row last, boolean setAside) {
        if (last.getLong("plan_version") < enrolment.getLong("plan_version")) {
            return WaitsFor.PLAN;
        }
        if (last.getOffsetDateTime("next_trigger_time").toInstant().isAfter(clock.instant())) {
            return WaitsFor.TIME;
        }
        if (!enrolment.getBoolean("sequence_active")) {
            return WaitsFor.SEQUENCE_INACTIVE;
        }
        if (!enrolment.getBoolean("caused")) {
            return WaitsFor.LEAVING;
        }
        if (!enrolment.getBoolean("device_online")) {
            return WaitsFor.DEVICE_OFFLINE;
        }
        return setAside ? WaitsFor.SET_ASIDE : WaitsFor.TURN;
    }

    private List<ContactExplained.Ahead> ahead(Tx tx, Row enrolment) {
        List<ContactExplained.Ahead> ahead = new ArrayList<>();
        for (Walk walk : Walk.read(tx, List.of(enrolment.getUUID("id")))) {
            walk.ahead(clock.instant())
                    .forEach((step, at) -> ahead.add(new ContactExplained.Ahead(step.id(), step.trigger(), at)));
        }
        return ahead;
    }

    private static ContactExplained.Behind behind(Row row) {
        return new ContactExplained.Behind(
                new ContactId(row.getUUID("id")),
                new StepId(row.getUUID("step_id")),
                row.getString("trigger"),
                WireEnum.read(ContactStatus.class, row.getString("status")),
                row.getOffsetDateTime("next_trigger_time").toInstant(),
                new MessageId(row.getUUID("message_id")),
                EnrolmentSummary.time(row, "sent_at"),
                EnrolmentSummary.time(row, "delivered_at"),
                EnrolmentSummary.time(row, "read_at"),
                row.getString("failure_reason"));
    }
}
