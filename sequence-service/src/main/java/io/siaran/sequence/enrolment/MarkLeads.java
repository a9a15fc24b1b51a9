package io.siaran.sequence.enrolment;

import io.micrometer.core.instrument.MeterRegistry;
import io.siaran.sequence.batch.PutOff;
import io.siaran.sql.Backoff;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Has those reviewed whom a changed sequence, a deleted device or a request for very many concerns. Several instances may do so at once:
 * marks are sets. Users take turns, and so do the sequences, devices and crowds of each: a page of one at a time. Each is tried on its own: one that fails is left alone for a while, and holds up no other.
 */
@ApplicationScoped
class MarkLeads {

    /** Whoever changes a lead waits for the commit that marks it, and with it the news of every other lead. */
    static final int AT_ONCE = 2_000;

    private static final Logger LOG = Logger.getLogger(MarkLeads.class);

    /** From what a deadlock needs to how long it may take, once the cause is mended, until everybody is marked. */
    private static final Backoff PAUSE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final String BEGIN = Sql.load(MarkLeads.class, "begin-marking.sql");
    private static final String SEQUENCES =
            "SELECT s.id, s.user_id FROM sequence_reviews r JOIN sequences s ON s.id = r.sequence_id"
                    + " WHERE r.marked_to IS NOT NULL ORDER BY s.id";
    private static final String MARK_OF_SEQUENCE = Sql.load(MarkLeads.class, "mark-leads-of-changed-sequence.sql");
    private static final String DEVICES = Sql.load(MarkLeads.class, "find-devices-to-mark.sql");
    private static final String MARK_OF_DEVICE = Sql.load(MarkLeads.class, "mark-leads-of-deleted-device.sql");
    private static final String CROWDS = "SELECT id, user_id FROM requested_crowds ORDER BY id";

    private final Database database;
    private final RequestEntries requests;
    private final EnrolmentConfig config;
    private final MeterRegistry metrics;
    private final Map<Kind, PutOff<UUID>> putOff = new EnumMap<>(Kind.class);

    MarkLeads(Database database, RequestEntries requests, EnrolmentConfig config, MeterRegistry metrics, Clock clock) {
        this.database = database;
        this.requests = requests;
        this.config = config;
        this.metrics = metrics;
        for (Kind kind : Kind.values()) {
            putOff.put(kind, new PutOff<>(clock, PAUSE));
        }
    }

    /** Whose leads are marked; the labels of the counter of failures. */
    enum Kind {
        DEVICE("device"),
        SEQUENCE("sequence"),
        CROWD("crowd");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    /** Goes on where an instance that died had come to. Whatever fails is not tried again by this call. */
    void mark() {
        Course course = new Course(new HashSet<>(), new HashMap<>());
        while (someOfEach(course)) {
            // They take turns: nobody waits for somebody else's million.
        }
    }

    private boolean someOfEach(Course course) {
        database.run(BEGIN);
        boolean ofDevices = each(
                Kind.DEVICE,
                database.run(DEVICES, (double) config.deviceGrace().toSeconds()),
                device -> database.run(MARK_OF_DEVICE, device, AT_ONCE),
                course);
        boolean ofSequences = each(
                Kind.SEQUENCE,
                database.run(SEQUENCES),
                sequence -> database.run(MARK_OF_SEQUENCE, sequence, AT_ONCE),
                course);
        boolean ofCrowds = each(
                Kind.CROWD,
                database.run(CROWDS),
                crowd -> database.doInTransaction(tx -> requests.next(tx, crowd)),
                course);
        return ofDevices || ofSequences || ofCrowds;
    }

    /**
     * One of each user, also where it fails: that may have taken a minute. Answers whether any of them went on: those that only fail are
     * nothing to go on for, but another one of their user is.
     */
    private boolean each(Kind kind, RowSet<Row> found, Consumer<UUID> does, Course course) {
        Map<UUID, String> users = new LinkedHashMap<>();
        found.forEach(row -> users.put(row.getUUID("id"), row.getString("user_id")));
        putOff.get(kind).keepOnly(users.keySet());
        Set<String> hadATurn = new HashSet<>();
        boolean wentOn = false;
        boolean isMore = false;
        for (UUID unit : course.inOrder(users.keySet())) {
            if (course.failed().contains(unit) || putOff.get(kind).has(unit)) {
                continue;
            }
            if (!hadATurn.add(users.get(unit))) {
                isMore = true;
            } else if (succeeds(kind, unit, does)) {
                wentOn = true;
                course.pages().merge(unit, 1, Integer::sum);
            } else {
                course.failed().add(unit);
            }
        }
        return wentOn || isMore;
    }

    private boolean succeeds(Kind kind, UUID unit, Consumer<UUID> does) {
        try {
            does.accept(unit);
            putOff.get(kind).remove(unit);
            return true;
        } catch (RuntimeException failure) {
            putOff.get(kind).add(unit);
            metrics.counter("siaran.sequence.marking.failures", "kind", kind.label())
                    .increment();
            LOG.warnf("marking is put off kind=%s id=%s failure=%s", kind.label(), unit, reason(failure));
            return false;
        }
    }

    /** Without the message, which may repeat values of a row. */
    private static String reason(RuntimeException failure) {
        String type = failure.getClass().getName();
        return failure instanceof PgException refusal ? type + " " + refusal.getSqlState() : type;
    }

    /**
     * What one call of {@link #mark} has done.
     *
     * @param failed what is not tried again by it
     * @param pages how many pages of each were marked
     */
    private record Course(Set<UUID> failed, Map<UUID, Integer> pages) {

        /** Those first that had the fewest turns. */
        List<UUID> inOrder(Set<UUID> units) {
            return units.stream()
                    .sorted(Comparator.comparing(unit -> pages.getOrDefault(unit, 0)))
                    .toList();
        }
    }
}
