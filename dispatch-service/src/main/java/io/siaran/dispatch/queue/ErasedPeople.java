package io.siaran.dispatch.queue;

import io.siaran.kafka.ErasureLock;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.Content;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Recipient;
import io.siaran.model.UserId;
import io.siaran.rest.PersonHash;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Who was erased and must not be written to all the same: known by a keyed hash of the phone. Whoever writes phones down asks here in
 * the same transaction, under the lock that they share ({@link ErasureLock}).
 */
@ApplicationScoped
public class ErasedPeople {

    /** Nobody pays for the rest where nobody was erased. */
    private static final String ANYBODY =
            "SELECT EXISTS (SELECT FROM erased_people WHERE user_id = ANY ($1::text[])) AS hashed,"
                    + " EXISTS (SELECT FROM suppressions WHERE user_id = ANY ($1::text[]) AND phone = '9990000000000') AS blanked";

    private static final String BLANKED =
            "SELECT id FROM leads WHERE id = ANY ($1::uuid[]) AND phone = '9990000000000' AND deleted";
    private static final String PHONES = "SELECT user_id, phone FROM leads WHERE id = ANY ($1::uuid[]) AND NOT deleted";
    private static final String KNOWN = "SELECT k.user_id, k.phone, e.version, e.erased_at"
            + " FROM unnest($1::text[], $2::text[], $3::text[]) AS k (user_id, phone, phone_hash)"
            + " JOIN erased_people AS e USING (user_id, phone_hash)";
    private static final String RECOGNISE = Sql.load(ErasedPeople.class, "recognise-erased.sql");
    private static final String FORGET = Sql.load(ErasedPeople.class, "forget-suppression.sql");

    private final PersonHash hash;

    ErasedPeople(PersonHash hash) {
        this.hash = hash;
    }

    /** Somebody whom a user writes to. */
    public record Person(UserId user, PhoneNumber phone) {}

    /**
     * That somebody was erased.
     *
     * @param version of the suppression that was given up
     * @param at when it was, by the clock of the database
     */
    public record Erasure(long version, Instant at) {}

    /** Until the transaction has ended nobody of these users is erased. */
    public void keepErasuresOut(Tx tx, Stream<UserId> users) {
        ErasureLock.keepErasuresOut(tx, users.map(UserId::value));
    }

    /** Until the transaction has ended nobody writes down a phone of the user. */
    public void keepOthersOut(Tx tx, UserId user) {
        ErasureLock.keepOthersOut(tx, user);
    }

    /**
     * What of these may be written down: nothing that is told late or again of somebody who was erased since. Until the transaction has
     * ended nobody of their users is erased.
     *
     * @param isBefore whether this is of the time before its person was erased
     */
    public <T> List<T> withoutErased(Tx tx, List<T> told, Function<T, Person> of, BiPredicate<T, Erasure> isBefore) {
        keepErasuresOut(tx, told.stream().map(of).map(Person::user));
        if (!anybody(tx, told.stream().map(of).map(Person::user)).getBoolean("hashed")) {
            return told;
        }
        Map<Person, Erasure> erasures = new HashMap<>();
        rows(tx.run(KNOWN, hashed(told.stream().map(of).distinct().toList())))
                .forEach(row -> erasures.put(
                        person(row),
                        new Erasure(
                                row.getLong("version"),
                                row.getOffsetDateTime("erased_at").toInstant())));
        return told.stream()
                .filter(one -> {
                    Erasure erasure = erasures.get(of.apply(one));
                    return erasure == null || !isBefore.test(one, erasure);
                })
                .toList();
    }

    /** Of the suppression stays the hash of the phone; of one that was lifted, nothing. */
    public void forget(Tx tx, UserId user, PhoneNumber phone) {
        tx.run(FORGET, user.value(), phone.digits(), hash.toKeep(tx, user, phone));
    }

    /**
     * Suppresses whoever of the recipients was erased, before the messages are judged. Answers the messages: those that were still on
     * their way to a lead when its person was erased say nothing any more; they are counted, and end as the lead's do.
     */
    List<BroadcastMessage> recognise(Tx tx, List<BroadcastMessage> messages) {
        Row anybody = anybody(tx, messages.stream().map(BroadcastMessage::userId));
        List<BroadcastMessage> readable = anybody.getBoolean("blanked") ? blankLate(tx, messages) : messages;
        if (anybody.getBoolean("hashed")) {
            recogniseAll(
                    tx,
                    readable.stream()
                            .map(m -> new Person(m.userId(), m.recipientPhone()))
                            .toList());
        }
        return readable;
    }

    /** As messages: a lead that gets the phone of somebody who was erased takes its messages there. After the leads were noted. */
    public void recogniseLeads(Tx tx, List<LeadSnapshot> leads) {
        if (anybody(tx, leads.stream().map(LeadSnapshot::userId)).getBoolean("hashed")) {
            recogniseAll(
                    tx,
                    rows(tx.run(PHONES, (Object)
                                    new Columns<>(leads).uuids(lead -> lead.id().value())))
                            .map(ErasedPeople::person)
                            .toList());
        }
    }

    private Row anybody(Tx tx, Stream<UserId> users) {
        return tx.run(ANYBODY, (Object) users.map(UserId::value).distinct().toArray(String[]::new))
                .iterator()
                .next();
    }

    private void recogniseAll(Tx tx, List<Person> people) {
        tx.run(RECOGNISE, hashed(people));
    }

    /** Users, phones and their keyed hashes. */
    private Object[] hashed(List<Person> people) {
        Columns<Person> rows = new Columns<>(people);
        return new Object[] {
            rows.texts(person -> person.user().value()),
            rows.texts(person -> person.phone().digits()),
            rows.texts(person -> hash.of(person.user(), person.phone()))
        };
    }

    private static Person person(Row row) {
        return new Person(new UserId(row.getString("user_id")), new PhoneNumber(row.getString("phone")));
    }

    private static List<BroadcastMessage> blankLate(Tx tx, List<BroadcastMessage> messages) {
        UUID[] leads = messages.stream()
                .map(BroadcastMessage::leadId)
                .filter(Objects::nonNull)
                .map(LeadId::value)
                .toArray(UUID[]::new);
        Set<LeadId> gone = new HashSet<>();
        rows(tx.run(BLANKED, (Object) leads)).forEach(row -> gone.add(new LeadId(row.getUUID("id"))));
        return gone.isEmpty()
                ? messages
                : messages.stream()
                        .map(m -> gone.contains(m.leadId()) ? blank(m) : m)
                        .toList();
    }

    private static BroadcastMessage blank(BroadcastMessage m) {
        return new BroadcastMessage(
                m.id(),
                m.userId(),
                m.deviceId(),
                m.cause(),
                new Recipient(PhoneNumber.NOBODY, null),
                Content.of(
                        "", m.type() == MessageType.IMAGE ? "https://erased.invalid/" : null, m.niche(), m.antiSpam()),
                m.pace(),
                m.schedule());
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
