package io.siaran.campaign.person;

import io.siaran.campaign.Query;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.PersonRequest;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.Writer;
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
import java.util.stream.StreamSupport;

/** The requests of users. Blocks: for virtual threads. */
@ApplicationScoped
class PersonExports {

    private static final String ADD =
            "INSERT INTO person_requests (id, user_id, wish, phone, asked_at) VALUES ($1, $2, 'export', $3, $4)";
    /** A service that does not answer keeps nobody from asking for longer than it is waited for. */
    private static final String RUNNING = "SELECT count(*) AS running FROM person_requests"
            + " WHERE user_id = $1 AND wish = 'export' AND ended_at IS NULL AND asked_at > $2";

    private static final String SHOW = Sql.load(PersonExports.class, "show-exports.sql");
    private static final String FACTS =
            "SELECT facts FROM person_answers WHERE request_id = $1 AND service = $2 AND part = $3";

    /** Of a user, at once. */
    static final int MOST_RUNNING = 20;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final Database database;
    private final Outbox outbox;
    private final Clock clock;
    private final RandomGenerator random;

    PersonExports(Database database, Outbox outbox, Clock clock, RandomGenerator random) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
        this.random = random;
    }

    /**
     * In the transaction of the caller.
     *
     * @throws Refusal a 429 while too many of the user's are not answered
     */
    PersonExport ask(Tx tx, UserId user, PhoneNumber phone) {
        OffsetDateTime since = clock.instant().minus(PersonExport.PATIENCE).atOffset(ZoneOffset.UTC);
        long running = tx.run(RUNNING, user.value(), since).iterator().next().getLong("running");
        if (running >= MOST_RUNNING) {
            throw Refusal.tooMany(MOST_RUNNING + " requests of this kind are not answered yet", RETRY_AFTER);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        PersonRequest request = new PersonRequest(
                TimeOrderedId.v7(now, random), user, phone, now, PersonRequest.Wish.EXPORT, List.of());
        tx.run(ADD, request.id(), user.value(), phone.digits(), now.atOffset(ZoneOffset.UTC));
        outbox.append(tx, List.of(new OutboxRecord(Topic.PERSON_REQUESTS, request.key(), request)));
        return PersonExport.asked(request);
    }

    /** Newest first. */
    Page<PersonExport> list(UserId user, PageRequest page) {
        Query query = new Query(SHOW);
        query.and("", services());
        query.and(" AND e.user_id = ?", user.value());
        query.and(" AND e.id < ?", page.after(UUID::fromString).orElse(null));
        query.and(" ORDER BY e.id DESC LIMIT ?", page.rowsToRead());
        List<PersonExport> found = StreamSupport.stream(
                        database.run(query.sql(), query.arguments()).spliterator(), false)
                .map(row -> PersonExport.of(row, clock.instant()))
                .toList();
        return Page.of(found, page, PersonExport::id, export -> export);
    }

    /** Throws a {@link Refusal} (a 404) for one that is not this user's. */
    PersonExport get(UserId user, UUID id) {
        for (Row row : database.run(SHOW + " AND e.user_id = $2 AND e.id = $3", services(), user.value(), id)) {
            return PersonExport.of(row, clock.instant());
        }
        throw Refusal.notFound("request", id);
    }

    /** Every fact in a line of its own, with its service; a part is in memory at a time. */
    void write(PersonExport export, Writer out) throws IOException {
        for (String service : PersonExport.SERVICES) {
            int number = 0;
            Optional<String[]> part = part(export, service, number);
            while (part.isPresent()) {
                for (String fact : part.get()) {
                    out.write("{\"service\":\"" + service + "\",\"fact\":" + fact + "}\n");
                }
                part = part(export, service, ++number);
            }
        }
    }

    /** Empty after the last one. */
    private Optional<String[]> part(PersonExport export, String service, int number) {
        for (Row row : database.run(FACTS, export.id(), service, number)) {
            return Optional.of(row.getArrayOfStrings("facts"));
        }
        return Optional.empty();
    }

    private static String[] services() {
        return PersonExport.SERVICES.toArray(String[]::new);
    }
}
