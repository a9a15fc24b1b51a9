package io.siaran.campaign.lead;

import io.siaran.campaign.lead.CsvRow.Rejection;
import io.siaran.campaign.lead.LeadUpserts.Outcome;
import io.siaran.kafka.Deeds;
import io.siaran.kafka.Outbox;
import io.siaran.kafka.OutboxRecord;
import io.siaran.model.Deed;
import io.siaran.model.DeviceId;
import io.siaran.model.Topic;
import io.siaran.model.UserEvent;
import io.siaran.model.UserId;
import io.siaran.sql.Columns;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The tables of imports. Several replicas share them. */
@ApplicationScoped
class ImportStore {

    private static final String OPEN = "INSERT INTO imports (id, user_id, device_id, erase_blank, mapping, status)"
            + " VALUES ($1, $2, $3, $4, $5, 'uploading')";
    private static final String PART = "INSERT INTO import_parts (import_id, n, data) VALUES ($1, $2, $3)";
    private static final String READ_PART = "SELECT data FROM import_parts WHERE import_id = $1 AND n = $2";
    private static final String UPLOADED =
            "UPDATE imports SET status = 'waiting', encoding = $2, bytes = $3, updated_at = clock_timestamp()"
                    + " WHERE id = $1 AND status = 'uploading'";
    private static final String DISCARD = "DELETE FROM imports WHERE id = $1";
    private static final String OPEN_OF =
            "SELECT count(*) AS open FROM imports WHERE user_id = $1 AND status IN ('waiting', 'running')";
    private static final String OTHERS_WAIT = "SELECT FROM imports WHERE status IN ('waiting', 'running')"
            + " AND user_id <> $1 AND (lease_until IS NULL OR lease_until < clock_timestamp()) LIMIT 1";
    private static final String LEASE = Sql.load(ImportStore.class, "lease-import.sql");
    private static final String ADVANCE = Sql.load(ImportStore.class, "advance-import.sql");
    private static final String RENEW = "UPDATE imports SET lease_until = clock_timestamp() + interval '2 minutes'"
            + " WHERE id = $1 AND lease = $2";
    private static final String REJECT = Sql.load(ImportStore.class, "reject-lines.sql");
    private static final String END =
            "UPDATE imports SET status = CASE WHEN $3::text IS NULL THEN 'done' ELSE 'failed' END,"
                    + " failure = $3, ended_at = clock_timestamp(), updated_at = clock_timestamp(),"
                    + " turn_at = clock_timestamp(), lease = NULL,"
                    + " lease_until = NULL WHERE id = $1 AND lease = $2"
                    + " RETURNING user_id, ended_at, status, lines, created, updated, unchanged, duplicate, refused";
    private static final String NO_PARTS = "DELETE FROM import_parts WHERE import_id = $1";
    /** Its turn was until now, so whoever came meanwhile is next. */
    private static final String HAND_BACK =
            "UPDATE imports SET lease = NULL, lease_until = NULL, turn_at = clock_timestamp()"
                    + " WHERE id = $1 AND lease = $2";

    private static final String RELEASE =
            "UPDATE imports SET lease = NULL, lease_until = clock_timestamp() + interval '10 seconds'"
                    + " WHERE id = $1 AND lease = $2";

    private final Database database;
    private final Outbox outbox;
    private final Deeds deeds;

    ImportStore(Database database, Outbox outbox, Deeds deeds) {
        this.database = database;
        this.outbox = outbox;
        this.deeds = deeds;
    }

    /** How many of the user's files are stored and not yet worked off. */
    long openOf(UserId user) {
        return rows(database.run(OPEN_OF, user.value()))
                .mapToLong(row -> row.getLong("open"))
                .sum();
    }

    void open(UUID id, UserId user, DeviceId device, boolean eraseBlank, List<String> mapping) {
        database.run(
                OPEN,
                id,
                user.value(),
                device == null ? null : device.value(),
                eraseBlank,
                mapping.toArray(String[]::new));
    }

    void addPart(UUID id, int n, byte[] data) {
        database.run(PART, id, n, Buffer.buffer(data));
    }

    /** Empty after the last. */
    Optional<byte[]> part(UUID id, int n) {
        return rows(database.run(READ_PART, id, n))
                .map(row -> row.getBuffer("data").getBytes())
                .findFirst();
    }

    /** It is worked off from now on, and whose it is has done that. */
    void uploaded(UUID id, UserId user, DeviceId device, Charset encoding, long bytes) {
        database.doInTransaction(tx -> {
            tx.run(UPLOADED, id, encoding.name(), bytes);
            deeds.tell(tx, user, Deed.IMPORTED, new Deeds.Subject("import", id), null, new Uploaded(device, bytes));
        });
        outbox.wake();
    }

    /** @param deviceId of every line that names none; null: there is none */
    private record Uploaded(DeviceId deviceId, long bytes) {}

    void discard(UUID id) {
        database.run(DISCARD, id);
    }

    /** One to work on, or empty when there is none. */
    Optional<LeadImport> lease() {
        return rows(database.run(LEASE, UUID.randomUUID())).map(LeadImport::of).findFirst();
    }

    /** For as long as it was leased; throws {@link Taken} when another works on the import by now. */
    void renew(LeadImport job) {
        if (database.run(RENEW, job.id(), job.lease()).rowCount() == 0) {
            throw new Taken();
        }
    }

    /**
     * In the transaction that wrote the lines; throws {@link Taken} when another works on the import by now.
     *
     * @param most rejections that are kept of an import; those beyond are counted
     */
    void advance(Tx tx, LeadImport job, Map<Outcome, Long> counts, List<Rejection> rejections, int most) {
        long notKept = rejections.size() - keep(tx, job, rejections, most);
        int mine = tx.run(
                        ADVANCE,
                        job.id(),
                        job.lease(),
                        counts.getOrDefault(Outcome.CREATED, 0L),
                        counts.getOrDefault(Outcome.UPDATED, 0L),
                        counts.getOrDefault(Outcome.UNCHANGED, 0L),
                        counts.getOrDefault(Outcome.DUPLICATE, 0L),
                        counts.getOrDefault(Outcome.REFUSED, 0L),
                        notKept)
                .rowCount();
        if (mine == 0) {
            throw new Taken();
        }
    }

    /** Answers how many of them. */
    private static int keep(Tx tx, LeadImport job, List<Rejection> rejections, int most) {
        if (rejections.isEmpty()) {
            return 0;
        }
        Columns<Rejection> rows = new Columns<>(rejections);
        return tx.run(
                        REJECT,
                        job.id(),
                        rows.longs(Rejection::line),
                        rows.texts(Rejection::header),
                        rows.texts(Rejection::reason),
                        (long) most)
                .rowCount();
    }

    /**
     * Its user's systems are told.
     *
     * @param failure null when the file was read to its end
     */
    void end(LeadImport job, String failure) {
        database.doInTransaction(tx -> {
            for (Row ended : tx.run(END, job.id(), job.lease(), failure)) {
                tx.run(NO_PARTS, job.id());
                outbox.append(
                        tx,
                        List.of(new OutboxRecord(
                                Topic.USER_EVENTS, ended.getString("user_id"), completed(job.id(), failure, ended))));
            }
        });
        outbox.wake();
    }

    private static UserEvent completed(UUID id, String failure, Row ended) {
        return new UserEvent.ImportCompleted(
                id,
                new UserId(ended.getString("user_id")),
                ended.getOffsetDateTime("ended_at").toInstant(),
                ended.getString("status"),
                failure,
                ended.getLong("lines"),
                ended.getLong("created"),
                ended.getLong("updated"),
                ended.getLong("unchanged"),
                ended.getLong("duplicate"),
                ended.getLong("refused"));
    }

    /** Whether a file of another user could be worked on. */
    boolean othersWait(LeadImport job) {
        return database.run(OTHERS_WAIT, job.user().value()).rowCount() > 0;
    }

    /** Leaves the rest to whoever comes next, when it is its user's turn again. */
    void handBack(LeadImport job) {
        database.run(HAND_BACK, job.id(), job.lease());
    }

    /** Leaves the rest to whoever comes next, in ten seconds. */
    void release(LeadImport job) {
        database.run(RELEASE, job.id(), job.lease());
    }

    private static Stream<Row> rows(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    /** The lease ended, and another went on. */
    static final class Taken extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
