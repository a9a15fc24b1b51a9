package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.model.TimeOrderedId;
import io.siaran.sequence.authoring.StepGraphs;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Opens the enrolments that leads may begin, with all their steps laid out, and tells of each. */
@ApplicationScoped
class EnrolLeads {

    /** Where neither the sequence nor the device says so. */
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private static final String FIND = Sql.load(EnrolLeads.class, "find-eligible-leads.sql");
    private static final String FORGET = Sql.load(EnrolLeads.class, "forget-requests.sql");
    private static final String LOCK_SEQUENCES = Sql.load(EnrolLeads.class, "lock-sequences.sql");
    private static final String OPEN = Sql.load(EnrolLeads.class, "insert-enrolments.sql");
    private static final String LAY_OUT = Sql.load(EnrolLeads.class, "insert-contacts.sql");

    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final RandomGenerator random;

    EnrolLeads(Outbox outbox, MeterRegistry metrics, Clock clock, RandomGenerator random) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.clock = clock;
        this.random = random;
    }

    void enrol(Tx tx, UUID[] leads) {
        List<Enrolment> found = new ArrayList<>();
        for (Row row : tx.run(FIND, leads, DEFAULT_ZONE.getId())) {
            found.add(Enrolment.of(TimeOrderedId.v7(clock.instant(), random), row));
        }
        List<Enrolment> eligible = whoseSequenceStays(tx, found);
        if (eligible.size() == found.size()) {
            tx.run(FORGET, (Object) leads);
        }
        if (!eligible.isEmpty()) {
            List<Enrolment> opened = open(tx, eligible);
            layOut(tx, opened);
            outbox.append(tx, opened.stream().map(Enrolment::announcement).toList());
            metrics.counter("siaran.sequence.entered").increment(opened.size());
        }
    }

    /** A sequence of which it was changed who may enter is left out: that change has these leads reviewed again. */
    private static List<Enrolment> whoseSequenceStays(Tx tx, List<Enrolment> found) {
        if (found.isEmpty()) {
            return found;
        }
        Map<UUID, Long> versions = new HashMap<>();
        UUID[] sequences = found.stream()
                .map(enrolment -> enrolment.sequence().value())
                .distinct()
                .toArray(UUID[]::new);
        tx.run(LOCK_SEQUENCES, (Object) sequences)
                .forEach(row -> versions.put(row.getUUID("id"), row.getLong("entry_version")));
        return found.stream()
                .filter(enrolment ->
                        versions.getOrDefault(enrolment.sequence().value(), -1L) == enrolment.entryVersion())
                .toList();
    }

    private static List<Enrolment> open(Tx tx, List<Enrolment> eligible) {
        Columns<Enrolment> columns = new Columns<>(eligible);
        Set<UUID> opened = new HashSet<>();
        tx.run(
                        OPEN,
                        columns.uuids(Enrolment::id),
                        columns.texts(enrolment -> enrolment.user().value()),
                        columns.uuids(enrolment -> enrolment.sequence().value()),
                        columns.uuids(enrolment -> enrolment.lead().value()),
                        columns.texts(Enrolment::trigger),
                        columns.longs(Enrolment::assignment),
                        columns.uuids(enrolment -> enrolment.firstStep().value()),
                        columns.texts(enrolment -> enrolment.zone().getId()),
                        columns.times(Enrolment::enteredAt),
                        columns.uuids(Enrolment::chain),
                        columns.uuids(Enrolment::cameFrom))
                .forEach(row -> opened.add(row.getUUID("id")));
        return eligible.stream()
                .filter(enrolment -> opened.contains(enrolment.id()))
                .toList();
    }

    private void layOut(Tx tx, List<Enrolment> eligible) {
        StepGraphs graphs = StepGraphs.read(
                tx,
                eligible.stream().map(enrolment -> enrolment.sequence().value()).toList());
        Columns<PlannedContact> contacts = new Columns<>(eligible.stream()
                .flatMap(enrolment -> PlannedContact.layOut(
                        enrolment, graphs.of(enrolment.sequence().value()).from(enrolment.firstStep()), random)
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
