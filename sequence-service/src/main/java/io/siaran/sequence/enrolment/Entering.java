package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.model.TimeOrderedId;
import io.siaran.sequence.authoring.Timetables;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Opens the walks that leads may begin, with all their steps laid out, and tells of each. */
@ApplicationScoped
class Entering {

    /** Where neither the sequence nor the device says so. */
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private static final String FIND = Sql.load(Entering.class, "find-entries.sql");
    private static final String OPEN = Sql.load(Entering.class, "insert-enrolments.sql");
    private static final String LAY_OUT = Sql.load(Entering.class, "insert-contacts.sql");

    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final RandomGenerator random;

    Entering(Outbox outbox, MeterRegistry metrics, Clock clock, RandomGenerator random) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
    }

    void enter(Tx tx, UUID[] leads) {
        List<Entry> entries = new ArrayList<>();
        for (Row row : tx.run(FIND, leads, DEFAULT_ZONE.getId())) {
            entries.add(Entry.of(TimeOrderedId.v7(clock.instant(), random), row));
        }
        if (!entries.isEmpty()) {
            List<Entry> opened = open(tx, entries);
            layOut(tx, opened);
            outbox.append(tx, opened.stream().map(Entry::announcement).toList());
            metrics.counter("siaran.sequence.entered").increment(opened.size());
        }
    }

    private static List<Entry> open(Tx tx, List<Entry> entries) {
        Columns<Entry> columns = new Columns<>(entries);
        Set<UUID> opened = new HashSet<>();
        tx.run(
                        OPEN,
                        columns.uuids(Entry::id),
                        columns.texts(entry -> entry.user().value()),
                        columns.uuids(entry -> entry.sequence().value()),
                        columns.uuids(entry -> entry.lead().value()),
                        columns.texts(Entry::trigger),
                        columns.longs(Entry::assignment),
                        columns.uuids(entry -> entry.firstStep().value()),
                        columns.texts(entry -> entry.zone().getId()),
                        columns.times(Entry::enteredAt),
                        columns.uuids(Entry::chain),
                        columns.uuids(Entry::cameFrom))
                .forEach(row -> opened.add(row.getUUID("id")));
        return entries.stream().filter(entry -> opened.contains(entry.id())).toList();
    }

    private void layOut(Tx tx, List<Entry> entries) {
        Timetables timetables = Timetables.read(
                tx, entries.stream().map(entry -> entry.sequence().value()).toList());
        Columns<PlannedContact> contacts = new Columns<>(entries.stream()
                .flatMap(entry ->
                        PlannedContact.layOut(
                                entry, timetables.walk(entry.sequence().value(), entry.firstStep()), random)
                                .stream())
                .toList());
        tx.run(
                LAY_OUT,
                contacts.uuids(contact -> contact.id().value()),
                contacts.uuids(PlannedContact::enrolment),
                contacts.uuids(contact -> contact.step().value()),
                contacts.integers(PlannedContact::place),
                contacts.times(PlannedContact::dueAt),
                contacts.uuids(contact ->
                        contact.message() == null ? null : contact.message().value()));
    }
}
