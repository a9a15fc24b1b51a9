package io.siaran.sequence.progress;

import io.siaran.model.ContactId;
import io.siaran.model.MessageId;
import io.siaran.model.StepId;
import io.siaran.model.TimeOrderedId;
import io.siaran.sequence.authoring.PlannedStep;
import io.siaran.sequence.authoring.StepGraphs;
import io.siaran.sequence.authoring.WayAhead;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * An open enrolment in the middle of its sequence, as the sequence is authored now.
 *
 * @param reached the steps whose turn has come, in their order
 * @param place of the last of them, from 1; 0 before the first
 * @param lastSentAt when the last step that was reached was sent, or null
 * @param lastDueAt when it is or was due
 */
record Walk(
        UUID enrolment,
        StepId entry,
        ZoneId zone,
        Set<StepId> reached,
        int place,
        Instant lastSentAt,
        Instant lastDueAt,
        WayAhead way) {

    private static final String FIND = Sql.load(Walk.class, "find-walks.sql");

    /** Those of these enrolments that are open. The caller holds their locks. */
    static List<Walk> read(Tx tx, Collection<UUID> enrolments) {
        List<Row> rows = new ArrayList<>();
        tx.run(FIND, (Object) enrolments.toArray(UUID[]::new)).forEach(rows::add);
        StepGraphs graphs = StepGraphs.read(
                tx, rows.stream().map(row -> row.getUUID("sequence_id")).toList());
        return rows.stream().map(row -> of(row, graphs)).toList();
    }

    /** The step that comes next; empty where the walk is at its end. */
    Optional<PlannedStep> next() {
        return reached.isEmpty()
                ? way.from(entry).stream().findFirst()
                : way.next(((LinkedHashSet<StepId>) reached).getLast(), reached);
    }

    /** The steps to come, each with its time if every one before it is on time: what is late is not sent before now. */
    Map<PlannedStep, Instant> ahead(Instant now) {
        Map<PlannedStep, Instant> ahead = new LinkedHashMap<>();
        if (!reached.isEmpty()) {
            Instant at = lastSentAt != null ? lastSentAt : lastDueAt.isBefore(now) ? now : lastDueAt;
            for (PlannedStep step : way.after(((LinkedHashSet<StepId>) reached).getLast(), reached)) {
                at = step.waiting(false).after(at, zone);
                ahead.put(step, at);
            }
        }
        return ahead;
    }

    /** Where the last step that was reached leads, as authored; null where it says nothing. */
    String leadsTo() {
        return reached.isEmpty()
                ? null
                : way.step(((LinkedHashSet<StepId>) reached).getLast()).nextTrigger();
    }

    /** The step that comes next is under way from now on: its time, and with it its message id, is fixed. */
    NextStep begin(PlannedStep next, Instant since, LaidOut laidOut, RandomGenerator random) {
        Instant dueAt = dueAt(next, since);
        ContactId contact = laidOut.nextOf(this).orElseGet(() -> new ContactId(TimeOrderedId.v7(dueAt, random)));
        return new NextStep(
                contact,
                enrolment,
                next.id(),
                place + 1,
                dueAt,
                MessageId.ofContact(dueAt, contact),
                way.planVersion(),
                since);
    }

    /** @param since when the step before was sent, or came to nothing; at the first, when the lead entered */
    Instant dueAt(PlannedStep step, Instant since) {
        return step.waiting(reached.isEmpty()).after(since, zone);
    }

    private static Walk of(Row row, StepGraphs graphs) {
        Set<StepId> reached = new LinkedHashSet<>();
        uuids(row, "reached").forEach(step -> reached.add(new StepId(step)));
        return new Walk(
                row.getUUID("id"),
                new StepId(row.getUUID("entry_step_id")),
                ZoneId.of(row.getString("time_zone")),
                reached,
                row.getInteger("place") == null ? 0 : row.getInteger("place"),
                EnrolmentSummary.time(row, "last_sent_at"),
                EnrolmentSummary.time(row, "last_due_at"),
                graphs.of(row.getUUID("sequence_id")));
    }

    private static List<UUID> uuids(Row row, String column) {
        UUID[] array = row.getArrayOfUUIDs(column);
        return array == null ? List.of() : Arrays.asList(array);
    }

    /** A step that becomes active. */
    record NextStep(
            ContactId contact,
            UUID enrolment,
            StepId step,
            int place,
            Instant dueAt,
            MessageId message,
            long planVersion,
            Instant since) {}
}
