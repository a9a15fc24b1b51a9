package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.sequence.enrolment.Departure;
import io.siaran.sequence.enrolment.Leaving;
import io.siaran.sequence.progress.Consequence.GoOn;
import io.siaran.sequence.progress.Consequence.KeepWaiting;
import io.siaran.sequence.progress.Consequence.Stop;
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

/** Takes walks to their next step, to their end, or out. The caller holds their locks and has noted the outcomes. */
@ApplicationScoped
class MoveOn {

    private static final String NEXT_STEPS = Sql.load(MoveOn.class, "find-next-steps.sql");
    private static final String ACTIVATE = Sql.load(MoveOn.class, "activate-steps.sql");

    private final Completing completing;
    private final Leaving leaving;

    MoveOn(Completing completing, Leaving leaving) {
        this.completing = completing;
        this.leaving = leaving;
    }

    void all(Tx tx, List<Moved> walks) {
        Map<UUID, Going> going = new LinkedHashMap<>();
        List<Departure> departures = new ArrayList<>();
        for (Moved walk : walks) {
            switch (walk.consequence()) {
                case GoOn(Instant from) -> going.put(walk.enrolment(), new Going(walk, from));
                case Stop(String reason) -> departures.add(new Departure(walk.enrolment(), reason));
                case KeepWaiting() -> {}
            }
        }
        goOn(tx, going);
        leaving.leave(tx, departures);
    }

    private void goOn(Tx tx, Map<UUID, Going> walks) {
        if (walks.isEmpty()) {
            return;
        }
        List<NextStep> next = new ArrayList<>();
        for (Row row : tx.run(NEXT_STEPS, (Object) walks.keySet().toArray(UUID[]::new))) {
            Instant from = walks.remove(row.getUUID("enrolment_id")).from();
            next.add(NextStep.after(from, row));
        }
        activate(tx, next);
        // Where no step was left, that was the last one.
        completing.complete(tx, walks.values().stream().map(Going::walk).toList());
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

    private record Going(Moved walk, Instant from) {}

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
