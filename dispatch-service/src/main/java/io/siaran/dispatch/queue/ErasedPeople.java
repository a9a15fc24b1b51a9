package io.siaran.dispatch.queue;

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
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Who was erased and must not be written to all the same: known by a keyed hash of the phone. Whoever writes phones down asks here in
 * the same transaction. They share a lock, which an erasure has alone: nobody finds the suppression gone and the hash not there yet.
 * Each user has one of 64 locks, since a batch of a thousand users that took a thousand would fill PostgreSQL's table of locks.
 */
@ApplicationScoped
public class ErasedPeople {

    private static final String SHARE = Sql.load(ErasedPeople.class, "share-with-erasures.sql");
    private static final String KEEP_OUT =
            "SELECT pg_advisory_xact_lock(hashtextextended('siaran-erasure', hashtext($1::text) & 63))";
    /** Nobody pays for the rest where nobody was erased. */
    private static final String ANYBODY =
            "SELECT EXISTS (SELECT FROM erased_people WHERE user_id = ANY ($1::text[])) AS hashed,"
                    + " EXISTS (SELECT FROM suppressions WHERE user_id = ANY ($1::text[]) AND phone = '9990000000000') AS blanked";

    private static final String BLANKED =
            "SELECT id FROM leads WHERE id = ANY ($1::uuid[]) AND phone = '9990000000000' AND deleted";
    private static final String PHONES = "SELECT user_id, phone FROM leads WHERE id = ANY ($1::uuid[]) AND NOT deleted";
    private static final String RECOGNISE = Sql.load(ErasedPeople.class, "recognise-erased.sql");
    private static final String FORGET = Sql.load(ErasedPeople.class, "forget-suppression.sql");

    private final PersonHash hash;

    ErasedPeople(PersonHash hash) {
        this.hash = hash;
    }

    /** Until the transaction has ended nobody of these users is erased. */
    public void keepErasuresOut(Tx tx, Stream<UserId> users) {
        tx.run(SHARE, (Object) users.map(UserId::value).distinct().toArray(String[]::new));
    }

    /** Until the transaction has ended nobody writes down a phone of the user. */
    public void keepOthersOut(Tx tx, UserId user) {
        tx.run(KEEP_OUT, user.value());
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
                            .map(m -> new Met(
                                    m.userId().value(), m.recipientPhone().digits()))
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
                            .map(row -> new Met(row.getString("user_id"), row.getString("phone")))
                            .toList());
        }
    }

    private Row anybody(Tx tx, Stream<UserId> users) {
        return tx.run(ANYBODY, (Object) users.map(UserId::value).distinct().toArray(String[]::new))
                .iterator()
                .next();
    }

    private void recogniseAll(Tx tx, List<Met> people) {
        Columns<Met> rows = new Columns<>(people);
        tx.run(
                RECOGNISE,
                rows.texts(Met::user),
                rows.texts(Met::phone),
                rows.texts(met -> hash.of(met.user(), met.phone())));
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

    private record Met(String user, String phone) {}
}
