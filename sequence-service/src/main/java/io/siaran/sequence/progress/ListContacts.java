package io.siaran.sequence.progress;

import io.siaran.model.SequenceId;
import io.siaran.model.StepId;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lists contacts, those to come with the times that follow from where each walk is now. Waits: not for event loops. */
@ApplicationScoped
class ListContacts {

    static final String EXISTS = "SELECT FROM sequences WHERE id = $1 AND user_id = $2 AND deleted_at IS NULL";

    private static final String LIST = Sql.load(ListContacts.class, "list-contacts.sql");

    private final Reads reads;
    private final Clock clock;

    ListContacts(Reads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    /** Throws {@link Refusal}, a 404, when this user has no such sequence. */
    Page<ContactView> list(UserId user, SequenceId sequence, ContactQuery query, PageRequest page) {
        ContactCursor after = page.after(ContactCursor::parse).orElse(ContactCursor.START);
        return reads.inTransaction(tx -> {
            if (tx.run(EXISTS, sequence.value(), user.value()).size() == 0) {
                throw Refusal.notFound("sequence", sequence);
            }
            List<Row> rows = new ArrayList<>();
            tx.run(
                            LIST,
                            sequence.value(),
                            user.value(),
                            query.statusesOnTheWire(),
                            query.deviceOrNull(),
                            after.enrolment(),
                            after.step(),
                            page.rowsToRead(),
                            after.contact())
                    .forEach(rows::add);
            Map<UUID, Map<StepId, Instant>> times = projected(tx, rows);
            return Page.of(rows, page, ContactCursor::of, row -> ContactView.of(row, projection(times, row)));
        });
    }

    /** When the steps to come are due, by enrolment, of those enrolments of which such a step is listed. */
    private Map<UUID, Map<StepId, Instant>> projected(Tx tx, List<Row> rows) {
        List<UUID> enrolments = rows.stream()
                .filter(ListContacts::isToCome)
                .map(row -> row.getUUID("enrolment_id"))
                .distinct()
                .toList();
        Map<UUID, Map<StepId, Instant>> times = new HashMap<>();
        if (!enrolments.isEmpty()) {
            Instant now = clock.instant();
            for (Walk walk : Walk.read(tx, enrolments)) {
                Map<StepId, Instant> ahead = times.computeIfAbsent(walk.enrolment(), none -> new HashMap<>());
                walk.ahead(now).forEach((step, at) -> ahead.put(step.id(), at));
            }
        }
        return times;
    }

    /** A step that its walk does not come by any more keeps the time of old. */
    private static Instant projection(Map<UUID, Map<StepId, Instant>> times, Row row) {
        Instant stored = row.getOffsetDateTime("next_trigger_time").toInstant();
        return isToCome(row)
                ? times.getOrDefault(row.getUUID("enrolment_id"), Map.of())
                        .getOrDefault(new StepId(row.getUUID("step_id")), stored)
                : stored;
    }

    private static boolean isToCome(Row row) {
        return row.getString("status").equals(ContactStatus.PENDING.wire());
    }
}
