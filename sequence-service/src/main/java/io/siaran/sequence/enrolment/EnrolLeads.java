package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.kafka.Outbox;
import io.siaran.model.TimeOrderedId;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Opens the enrolments that leads may begin, with all their steps laid out, and tells of each. So many of them in one transaction as have no
 * more steps together than {@link EnrolmentConfig#stepsAtOnce}, or one; the leads of the others are reviewed again.
 */
@ApplicationScoped
class EnrolLeads {

    /** Where neither the sequence nor the device says so. */
    private static final ZoneId DEFAULT_ZONE = ZoneId.of("Asia/Kuala_Lumpur");

    private static final String FIND = Sql.load(EnrolLeads.class, "find-eligible-leads.sql");
    private static final String FORGET = Sql.load(EnrolLeads.class, "forget-requests.sql");
    private static final String REVIEW_AGAIN = Sql.load(EnrolLeads.class, "review-again.sql");
    private static final String OPEN = Sql.load(EnrolLeads.class, "insert-enrolments.sql");
    private static final String LAY_OUT = Sql.load(EnrolLeads.class, "insert-contacts.sql");

    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final EnrolmentConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    EnrolLeads(Outbox outbox, MeterRegistry metrics, EnrolmentConfig config, Clock clock, RandomGenerator random) {
        this.outbox = outbox;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    void enrol(Tx tx, UUID[] leads) {
        List<Enrolment> found = new ArrayList<>();
        for (Row row : tx.run(FIND, leads, DEFAULT_ZONE.getId())) {
            found.add(Enrolment.of(TimeOrderedId.v7(clock.instant(), random), row));
        }
        LockedSequences sequences = LockedSequences.of(tx, found);
        List<Enrolment> eligible = found.stream().filter(sequences::areAsFound).toList();
        List<Enrolment> entering = sequences.thatFit(eligible, config.stepsAtOnce());
        Set<Enrolment> notNow = new LinkedHashSet<>(found);
        notNow.removeAll(Set.copyOf(entering));
        lookAgainAt(tx, leads, List.copyOf(notNow));
        if (!entering.isEmpty()) {
            List<Enrolment> opened = open(tx, entering);
            layOut(tx, opened, sequences);
            outbox.append(tx, opened.stream().map(Enrolment::announcement).toList());
            metrics.counter("siaran.sequence.entered").increment(opened.size());
        }
    }

    /**
     * Of these leads, those for whom there was no room, and those whose sequence was changed meanwhile: its change has only those reviewed who
     * carry a trigger, and others were asked for. What was asked for the rest was looked at, whether they entered or not.
     */
    private static void lookAgainAt(Tx tx, UUID[] leads, List<Enrolment> notNow) {
        Columns<Enrolment> columns = new Columns<>(notNow);
        UUID[] again = columns.uuids(entry -> entry.lead().value());
        tx.run(FORGET, leads, again, columns.uuids(entry -> entry.sequence().value()));
        if (!notNow.isEmpty()) {
            tx.run(REVIEW_AGAIN, again, columns.texts(entry -> entry.user().value()));
        }
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

    private void layOut(Tx tx, List<Enrolment> opened, LockedSequences sequences) {
        Columns<PlannedContact> contacts = new Columns<>(opened.stream()
                .flatMap(enrolment -> PlannedContact.layOut(enrolment, sequences.path(enrolment), random).stream())
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
