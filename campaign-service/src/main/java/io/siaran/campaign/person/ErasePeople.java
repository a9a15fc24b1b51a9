package io.siaran.campaign.person;

import io.siaran.campaign.ErasedPeople;
import io.siaran.campaign.Query;
import io.siaran.campaign.SuppressPeople;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.LeadId;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Has people erased. The person is suppressed by the transaction of the request, which ends what waits and asks back what is in
 * flight; the services erase when that is over. Blocks: for virtual threads.
 */
@ApplicationScoped
class ErasePeople {

    private static final String SHOW = Sql.load(ErasePeople.class, "show-erasures.sql");
    private static final String LEADS = "SELECT id FROM leads WHERE user_id = $1 AND phone = $2 AND NOT deleted"
            + " UNION ALL SELECT id FROM leads WHERE user_id = $1 AND phone = $2 AND deleted";
    private static final String ADD =
            "INSERT INTO person_requests (id, user_id, wish, phone, leads, asked_at) VALUES ($1, $2, 'erase', $3, $4, $5)"
                    + " ON CONFLICT (user_id, phone) WHERE wish = 'erase' AND ended_at IS NULL DO NOTHING";
    private static final String RUNNING =
            "SELECT id FROM person_requests WHERE user_id = $1 AND phone = $2 AND wish = 'erase' AND ended_at IS NULL";

    /** Why somebody who is being erased is suppressed. */
    static final String REASON = "to be erased";

    private final Database database;
    private final Outbox outbox;
    private final SuppressPeople suppressions;
    private final ErasedPeople erased;
    private final Clock clock;
    private final RandomGenerator random;

    ErasePeople(
            Database database,
            Outbox outbox,
            SuppressPeople suppressions,
            ErasedPeople erased,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.outbox = outbox;
        this.suppressions = suppressions;
        this.erased = erased;
        this.clock = clock;
        this.random = random;
    }

    /**
     * In the transaction of the caller. Somebody who is being erased already is not erased twice at once.
     *
     * @return the request, or the one that is under way
     * @throws Refusal a 503 where the installation has no key by which a phone may be remembered
     */
    UUID ask(Tx tx, UserId user, PhoneNumber phone) {
        erased.checkKey(user, phone);
        Optional<UUID> running = running(tx, user, phone);
        if (running.isPresent()) {
            return running.get();
        }
        suppressions.suppress(tx, user, phone, REASON);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<LeadId> leads = leads(tx, user, phone);
        PersonRequest request =
                new PersonRequest(TimeOrderedId.v7(now, random), user, phone, now, PersonRequest.Wish.ERASE, leads);
        UUID[] ids = new Columns<>(leads).uuids(LeadId::value);
        if (tx.run(ADD, request.id(), user.value(), phone.digits(), ids, now.atOffset(ZoneOffset.UTC))
                        .rowCount()
                == 0) {
            return running(tx, user, phone)
                    .orElseThrow(() -> Refusal.unavailable("an erasure has just ended", Duration.ofSeconds(1)));
        }
        outbox.append(tx, List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        return request.id();
    }

    /** Suppressed by its beginning: to suppress once more would bring back the phone where that is forgotten already. */
    private static Optional<UUID> running(Tx tx, UserId user, PhoneNumber phone) {
        for (Row row : tx.run(RUNNING, user.value(), phone.digits())) {
            return Optional.of(row.getUUID("id"));
        }
        return Optional.empty();
    }

    /** Newest first. */
    Page<PersonErasure> list(UserId user, PageRequest page) {
        Query query = new Query(SHOW);
        query.and("", services());
        query.and(" AND e.user_id = ?", user.value());
        query.and(" AND e.id < ?", page.after(UUID::fromString).orElse(null));
        query.and(" ORDER BY e.id DESC LIMIT ?", page.rowsToRead());
        List<PersonErasure> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(PersonErasure::of)
                .toList();
        return Page.of(found, page, PersonErasure::id, erasure -> erasure);
    }

    /** Throws a {@link Refusal} (a 404) for one that is not this user's. */
    PersonErasure get(UserId user, UUID id) {
        return find(database.run(SHOW + " AND e.user_id = $2 AND e.id = $3", services(), user.value(), id), id);
    }

    /** As {@link #get}, in the transaction that asked. */
    PersonErasure get(Tx tx, UserId user, UUID id) {
        return find(tx.run(SHOW + " AND e.user_id = $2 AND e.id = $3", services(), user.value(), id), id);
    }

    /** @param row of a request, as {@code tell-again.sql} answers it */
    static OutboxRecord telling(Row row, PersonRequest.Wish wish) {
        PersonRequest request = new PersonRequest(
                row.getUUID("id"),
                new UserId(row.getString("user_id")),
                new PhoneNumber(row.getString("phone")),
                row.get(OffsetDateTime.class, "asked_at").toInstant(),
                wish,
                Stream.of(row.getArrayOfUUIDs("leads")).map(LeadId::new).toList());
        return new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request);
    }

    private static PersonErasure find(Iterable<Row> rows, UUID id) {
        for (Row row : rows) {
            return PersonErasure.of(row);
        }
        throw Refusal.notFound("erasure", id);
    }

    private static List<LeadId> leads(Tx tx, UserId user, PhoneNumber phone) {
        return StreamSupport.stream(tx.run(LEADS, user.value(), phone.digits()).spliterator(), false)
                .map(row -> new LeadId(row.getUUID("id")))
                .toList();
    }

    private static String[] services() {
        return PersonExport.SERVICES.toArray(String[]::new);
    }
}
