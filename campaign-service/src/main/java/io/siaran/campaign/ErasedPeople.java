package io.siaran.campaign;

import io.siaran.kafka.ErasureLock;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.PersonHash;
import io.siaran.rest.Refusal;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Who was erased and must not be written to all the same: known by a keyed hash of the phone. Whoever writes a phone down asks
 * here first, in the same transaction and under the lock that they share ({@link ErasureLock}); then the suppression is there before
 * anything of the person is announced.
 */
@ApplicationScoped
public class ErasedPeople {

    /** Nobody pays for it where nobody was erased. */
    private static final String ANYBODY = "SELECT FROM erased_people WHERE user_id = ANY ($1::text[]) LIMIT 1";

    private static final String BEING_ERASED =
            "SELECT FROM person_requests WHERE user_id = $1 AND phone = $2 AND wish = 'erase' AND ended_at IS NULL";
    private static final String FORGET = Sql.load(ErasedPeople.class, "forget-suppression.sql");
    private static final String RECOGNISE = Sql.load(ErasedPeople.class, "recognise-erased.sql");

    private final PersonHash hash;
    private final Outbox outbox;

    ErasedPeople(PersonHash hash, Outbox outbox) {
        this.hash = hash;
        this.outbox = outbox;
    }

    /** Until the transaction has ended nobody of these users is erased; before the first row of it that an erasure may want. */
    public void keepErasuresOut(Tx tx, Stream<UserId> users) {
        ErasureLock.keepErasuresOut(tx, users.map(UserId::value));
    }

    /** Until the transaction has ended nobody writes down a phone of the user. */
    public void keepOthersOut(Tx tx, UserId user) {
        ErasureLock.keepOthersOut(tx, user);
    }

    /** Throws a {@link Refusal} (a 503) where the installation has no key to keep people by. */
    public void checkKey(UserId user, PhoneNumber phone) {
        hash.of(user, phone);
    }

    /**
     * Asked after the suppression's row was locked, as an erasure that begins locks it too: one of both sees the other.
     *
     * @throws Refusal a 409 where the person is being erased: the suppression stays until that is over
     */
    public void refuseWhileErasing(Tx tx, UserId user, PhoneNumber phone) {
        if (tx.run(BEING_ERASED, user.value(), phone.digits()).rowCount() > 0) {
            throw Refusal.conflict("the person is being erased: the opt-out can be lifted when that is done");
        }
    }

    /** Of the suppression stays the hash of the phone; of one that was lifted, nothing. */
    public void forget(Tx tx, UserId user, PhoneNumber phone) {
        tx.run(FORGET, user.value(), phone.digits(), hash.toKeep(tx, user, phone));
    }

    /** Whoever of them was erased is suppressed under the phone again, and everybody is told. */
    public void recognise(Tx tx, Collection<Met> people) {
        if (people.isEmpty()) {
            return;
        }
        ErasureLock.keepErasuresOut(tx, people.stream().map(Met::user));
        Object users = people.stream().map(Met::user).distinct().toArray(String[]::new);
        if (tx.run(ANYBODY, users).rowCount() == 0) {
            return;
        }
        Columns<Met> rows = new Columns<>(people);
        Iterable<Row> known = tx.run(
                RECOGNISE,
                rows.texts(Met::user),
                rows.texts(Met::phone),
                rows.texts(met -> hash.of(met.user(), met.phone())));
        List<OutboxRecord> news = StreamSupport.stream(known.spliterator(), false)
                .map(ErasedPeople::snapshot)
                .map(snapshot -> new OutboxRecord(Topic.SUPPRESSIONS, snapshot.key(), snapshot))
                .toList();
        outbox.append(tx, news);
    }

    private static Suppression snapshot(Row row) {
        return new Suppression(
                new UserId(row.getString("user_id")),
                new PhoneNumber(row.getString("phone")),
                row.getString("reason"),
                row.getOffsetDateTime("decided_at").toInstant(),
                row.getLong("version"),
                row.getBoolean("deleted"));
    }

    /** A phone that somebody brings. */
    public record Met(String user, String phone) {}
}
