package io.siaran.campaign.lead;

import static java.util.stream.Collectors.joining;

import io.siaran.campaign.ErasedPeople;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Tags;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of leads. Whatever is written here is announced by the same transaction. */
@ApplicationScoped
class LeadStore {

    private static final String READ = LeadRows.READ;
    private static final String LOCK = Sql.load(LeadStore.class, "lock-leads.sql");
    static final String OF_KEYS = " WHERE (l.user_id, l.id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))";
    private static final String INSERT = Sql.load(LeadStore.class, "insert-leads.sql");
    private static final String LOCK_PHONES = Sql.load(LeadStore.class, "lock-phones.sql");
    private static final String UPDATE = Sql.load(LeadStore.class, "update-leads.sql");
    private static final String WRITE_TRIGGERS = Sql.load(LeadStore.class, "write-triggers.sql");

    private final Outbox outbox;
    private final ErasedPeople erased;

    LeadStore(Outbox outbox, ErasedPeople erased) {
        this.outbox = outbox;
        this.erased = erased;
    }

    /** Nobody else changes these leads until the transaction ends; keys of no lead are left out. */
    List<Lead> lock(Tx tx, Collection<Key> leads) {
        erased.keepErasuresOut(tx, leads.stream().map(Key::user));
        Object[] arguments = keys(leads);
        tx.run(LOCK, arguments);
        return LeadRows.leads(tx.run(READ + OF_KEYS, arguments));
    }

    /** As {@link #lock}, for leads that are known by their device and phone. */
    List<Lead> lockPhones(Tx tx, UserId user, Collection<LeadBody> phones) {
        erased.keepErasuresOut(tx, Stream.of(user));
        Columns<LeadBody> keys = new Columns<>(phones);
        var found = tx.run(
                LOCK_PHONES, user.value(), keys.uuids(body -> body.deviceId().value()), keys.texts(LeadBody::phone));
        List<Key> leads = StreamSupport.stream(found.spliterator(), false)
                .map(row -> new Key(user, new LeadId(row.getUUID("id"))))
                .toList();
        return leads.isEmpty() ? List.of() : lock(tx, leads);
    }

    /** Whether the lead is new, and then it is announced; false when its user has the phone on that device already. */
    boolean insert(Tx tx, Lead lead) {
        List<Lead> added = insertAll(tx, List.of(lead));
        announce(tx, added);
        return !added.isEmpty();
    }

    /** Answers those that are new; the caller announces them. The others' users have the phone on that device already. */
    List<Lead> insertAll(Tx tx, List<Lead> leads) {
        if (leads.isEmpty()) {
            return leads;
        }
        recogniseErased(tx, leads);
        Set<UUID> ids = new HashSet<>();
        tx.run(INSERT, arguments(leads)).forEach(row -> ids.add(row.getUUID("id")));
        List<Lead> added =
                leads.stream().filter(lead -> ids.contains(lead.id().value())).toList();
        writeTriggers(tx, added);
        return added;
    }

    /** Writes leads that this transaction has locked, each of the version after the one that was read, and announces them. */
    void update(Tx tx, List<Lead> leads) {
        updateAll(tx, leads);
        announce(tx, leads);
    }

    /** As {@link #update}; the caller announces them. */
    void updateAll(Tx tx, List<Lead> leads) {
        if (!leads.isEmpty()) {
            recogniseErased(tx, leads);
            tx.run(UPDATE, arguments(leads));
            writeTriggers(tx, leads);
        }
    }

    /** As it stands now, also what others say of its person. */
    Lead read(Tx tx, Lead lead) {
        return LeadRows.leads(tx.run(
                        READ + " WHERE l.user_id = $1 AND l.id = $2",
                        lead.userId().value(),
                        lead.id().value()))
                .getFirst();
    }

    /** The arguments of {@link #OF_KEYS}. */
    static Object[] keys(Collection<Key> leads) {
        Columns<Key> keys = new Columns<>(leads);
        return new Object[] {
            keys.texts(key -> key.user().value()), keys.uuids(key -> key.lead().value())
        };
    }

    /** In the order of the columns of both statements that write leads. */
    private static Object[] arguments(List<Lead> leads) {
        Columns<Lead> rows = new Columns<>(leads);
        return new Object[] {
            rows.uuids(lead -> lead.id().value()),
            rows.texts(lead -> lead.userId().value()),
            rows.uuids(lead -> lead.deviceId().value()),
            rows.texts(lead -> lead.body().phone()),
            rows.texts(lead -> lead.body().name()),
            rows.texts(lead -> lead.body().niche()),
            rows.texts(lead -> Tags.of(lead.body().niche()).joined()),
            rows.wires(lead -> lead.body().targetStatus()),
            rows.texts(lead -> lead.body().trigger()),
            rows.texts(lead -> lead.body().attributes().json()),
            rows.longs(Lead::version),
            rows.booleans(Lead::deleted),
            rows.times(Lead::createdAt),
            rows.times(Lead::updatedAt),
            rows.texts(lead -> lead.body().consentSource()),
            rows.times(lead -> lead.body().consentAt()),
            rows.texts(LeadStore::withdrawn)
        };
    }

    /** As PostgreSQL writes an array; null for none, which hardly any lead has. */
    private static String withdrawn(Lead lead) {
        return lead.withdrawn().isEmpty()
                ? null
                : lead.withdrawn().stream().map(MessageId::toString).collect(joining(",", "{", "}"));
    }

    /** Before the leads are announced: on the outbox the suppression is the first. */
    private void recogniseErased(Tx tx, List<Lead> leads) {
        erased.recognise(
                tx,
                leads.stream()
                        .map(lead -> new ErasedPeople.Met(
                                lead.userId().value(), lead.body().phone()))
                        .toList());
    }

    private void writeTriggers(Tx tx, List<Lead> leads) {
        Columns<TriggerRow> rows =
                new Columns<>(leads.stream().flatMap(TriggerRow::of).toList());
        if (!rows.rows().isEmpty()) {
            tx.run(
                    WRITE_TRIGGERS,
                    rows.texts(row -> row.lead().userId().value()),
                    rows.uuids(row -> row.lead().id().value()),
                    rows.texts(TriggerRow::trigger),
                    rows.longs(row -> row.assignment().number()),
                    rows.booleans(row -> row.assignment().present()));
        }
    }

    void announce(Tx tx, List<Lead> leads) {
        outbox.append(
                tx,
                leads.stream()
                        .map(lead -> new OutboxRecord(Topic.LEADS, lead.id().toString(), lead.snapshot()))
                        .toList());
    }

    /** A lead is looked for among its user's only. */
    record Key(UserId user, LeadId lead) {}

    private record TriggerRow(Lead lead, String trigger, Triggers.Assignment assignment) {

        static Stream<TriggerRow> of(Lead lead) {
            return lead.triggers().assignments().entrySet().stream()
                    .map(entry -> new TriggerRow(lead, entry.getKey(), entry.getValue()));
        }
    }
}
