package io.siaran.kafka;

import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.PersonAnswer;
import io.siaran.model.PersonRequest;
import io.siaran.model.PersonRequest.Wish;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Erases people in this service: at once where nothing to the person is under way, else as soon as that is so. What was erased
 * is told by the transaction that erases it.
 */
@ApplicationScoped
public class PersonErasures {

    private static final Logger LOG = Logger.getLogger(PersonErasures.class);

    private static final String NOTE = "INSERT INTO person_erasures (request_id, wish, user_id, phone, leads)"
            + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    /** Whoever has it looks for so long alone; where it fails, others come first. */
    private static final String CLAIM = "UPDATE person_erasures SET due_at = clock_timestamp() + interval '5 seconds'"
            + " WHERE (request_id, wish) = (SELECT request_id, wish FROM person_erasures"
            + " WHERE done_at IS NULL AND due_at <= clock_timestamp() ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"
            + " RETURNING request_id, wish, user_id, phone, leads, asked_at";

    private static final String DONE =
            "UPDATE person_erasures SET done_at = clock_timestamp(), phone = NULL, leads = NULL"
                    + " WHERE request_id = $1 AND wish = $2 AND done_at IS NULL";
    /** Kafka keeps a request for 7 days; a repetition cannot be older. */
    private static final String FORGET_DONE =
            "DELETE FROM person_erasures WHERE done_at < clock_timestamp() - interval '14 days'";

    /** In one look: the next look goes on. */
    private static final int AT_ONCE = 100;

    private final Database database;
    private final Outbox outbox;
    private final String service;

    PersonErasures(
            Database database, Outbox outbox, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.database = database;
        this.outbox = outbox;
        this.service = service;
    }

    /** From then on it is done sooner or later, whatever becomes of this process. */
    void note(PersonRequest request) {
        database.run(
                NOTE,
                request.id(),
                request.wish().wire(),
                request.userId().value(),
                request.phone().digits(),
                new Columns<>(request.leadIds()).uuids(LeadId::value));
    }

    /** Erases whom it can. Replicas share the work; one person after the other, since there are few. */
    public void work(PersonRecords records) {
        database.run(FORGET_DONE);
        for (int i = 0; i < AT_ONCE; i++) {
            Optional<PersonRequest> next = claim();
            if (next.isEmpty()) {
                return;
            }
            try {
                if (next.get().wish() == Wish.FORGET) {
                    records.forgetOnTopics(next.get().userId(), next.get().phone());
                }
                database.doInTransaction(tx -> erase(tx, next.get(), records));
                outbox.wake();
            } catch (RuntimeException failure) {
                LOG.warnf("the erasure %s is tried again: %s", next.get(), failure.toString());
            }
        }
    }

    private Optional<PersonRequest> claim() {
        for (Row row : database.run(CLAIM)) {
            return Optional.of(new PersonRequest(
                    row.getUUID("request_id"),
                    new UserId(row.getString("user_id")),
                    new PhoneNumber(row.getString("phone")),
                    row.get(OffsetDateTime.class, "asked_at").toInstant(),
                    WireEnum.read(Wish.class, row.getString("wish")),
                    Stream.of(row.getArrayOfUUIDs("leads")).map(LeadId::new).toList()));
        }
        return Optional.empty();
    }

    private void erase(Tx tx, PersonRequest request, PersonRecords records) {
        String user = request.userId().value();
        String phone = request.phone().digits();
        UUID[] leads = new Columns<>(request.leadIds()).uuids(LeadId::value);
        boolean isLast = request.wish() == Wish.FORGET;
        // First without keeping anybody out: what is under way may take hours.
        if (isUnderWay(tx, records, request, leads)) {
            return;
        }
        records.keepOthersOut(tx, request.userId(), request.phone());
        // Also before the last look: something to the person may have begun since the first, and the suppression still
        // stands here.
        if (isUnderWay(tx, records, request, leads)) {
            return;
        }
        if (tx.run(DONE, request.id(), request.wish().wire()).rowCount() == 0) {
            return;
        }
        List<String> report = new ArrayList<>();
        for (Row row : tx.run(records.erase(), user, phone, leads)) {
            Map<String, Object> erased = new LinkedHashMap<>();
            erased.put("what", row.getString("what"));
            erased.put("rows", row.getLong("rows"));
            report.add(Json.write(erased));
        }
        if (isLast) {
            records.forgetSuppression(tx, request.userId(), request.phone());
        }
        tell(tx, request, isLast, report);
    }

    private static boolean isUnderWay(Tx tx, PersonRecords records, PersonRequest request, UUID[] leads) {
        return tx.run(
                                records.underWay(),
                                request.userId().value(),
                                request.phone().digits(),
                                leads)
                        .rowCount()
                > 0;
    }

    private void tell(Tx tx, PersonRequest request, boolean isLast, List<String> report) {
        PersonAnswer answer = new PersonAnswer(request.id(), request.userId(), service, isLast ? 1 : 0, isLast, report);
        outbox.append(
                tx, List.of(new OutboxRecord(Topic.PERSON_ANSWERS, request.id().toString(), answer)));
    }
}
