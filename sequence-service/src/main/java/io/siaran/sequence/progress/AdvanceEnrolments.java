package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.sequence.enrolment.EndEnrolments;
import io.siaran.sequence.enrolment.Exit;
import io.siaran.sequence.progress.Transition.Advance;
import io.siaran.sequence.progress.Transition.KeepWaiting;
import io.siaran.sequence.progress.Transition.Stop;
import io.siaran.sequence.timeline.Wait;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes enrolments to their next step, to their end, or out. The caller holds their locks and has noted the outcomes. */
@ApplicationScoped
class AdvanceEnrolments {

    private static final String NEXT_STEPS = Sql.load(AdvanceEnrolments.class, "find-next-steps.sql");
    private static final String ACTIVATE = Sql.load(AdvanceEnrolments.class, "activate-steps.sql");

    private final CompleteEnrolments completeEnrolments;
    private final EndEnrolments endEnrolments;

    AdvanceEnrolments(CompleteEnrolments completeEnrolments, EndEnrolments endEnrolments) {
        this.completeEnrolments = completeEnrolments;
        this.endEnrolments = endEnrolments;
    }

    void all(Tx tx, List<StepOutcome> outcomes) {
        Map<UUID, Advancing> advancing = new LinkedHashMap<>();
        List<Exit> exits = new ArrayList<>();
        for (StepOutcome outcome : outcomes) {
            switch (outcome.transition()) {
                case Advance(Instant from) -> advancing.put(outcome.enrolment(), new Advancing(outcome, from));
                case Stop(String reason) -> exits.add(new Exit(outcome.enrolment(), reason));
                case KeepWaiting() -> {}
            }
        }
        advance(tx, advancing);
        endEnrolments.end(tx, exits);
    }

    private void advance(Tx tx, Map<UUID, Advancing> enrolments) {
        if (enrolments.isEmpty()) {
            return;
        }
        List<NextStep> next = new ArrayList<>();
        for (Row row : tx.run(NEXT_STEPS, (Object) enrolments.keySet().toArray(UUID[]::new))) {
            Instant from = enrolments.remove(row.getUUID("enrolment_id")).from();
            next.add(NextStep.after(from, row));
        }
        activate(tx, next);
        // Where no step was left, that was the last one.
        completeEnrolments.complete(
                tx, enrolments.values().stream().map(Advancing::outcome).toList());
    }

    private static void activate(Tx tx, List<NextStep> steps) {
        if (!steps.isEmpty()) {
            Columns<NextStep> columns = new Columns<>(steps);
            tx.run(
                    ACTIVATE,
                    columns.uuids(step -> step.contact().value()),
                    columns.times(NextStep::dueAt),
                    columns.uuids(step -> step.message().value()));
        }
    }

    private record Advancing(StepOutcome outcome, Instant from) {}

    /** A step that becomes active: its time, and with it its message id, is fixed now. */
    private record NextStep(ContactId contact, Instant dueAt, MessageId message) {

        static NextStep after(Instant from, Row row) {
            ContactId contact = new ContactId(row.getUUID("id"));
            Wait wait = Wait.of(row.getBigDecimal("trigger_delay_hours"), row.getLocalTime("send_at"), false);
            Instant dueAt = wait.after(from, ZoneId.of(row.getString("time_zone")));
            return new NextStep(contact, dueAt, MessageId.ofContact(dueAt, contact));
        }
    }
}
