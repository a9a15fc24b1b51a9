package io.siaran.dispatch.control;

import io.siaran.dispatch.message.Decision;
import io.siaran.dispatch.message.MessageFilter;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.message.Ruling;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.model.Json;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Actions on all messages that match a filter. Asking writes one row; the work is done behind its cursor, a batch a
 * transaction, so that a crash costs nothing and replicas share it. Actions take turns.
 */
@ApplicationScoped
class BulkActions {

    private static final Logger LOG = Logger.getLogger(BulkActions.class);

    /** Beyond what a server that is restarted or a deadlock costs: an action gets a try a second at most. */
    private static final int FAILURES = 20;

    private static final String ASK = Sql.load(BulkActions.class, "ask.sql");
    private static final String CLAIM = Sql.load(BulkActions.class, "claim.sql");
    private static final String OPEN = Sql.load(BulkActions.class, "open.sql");
    private static final String ADVANCE = Sql.load(BulkActions.class, "advance.sql");
    private static final String FAIL = Sql.load(BulkActions.class, "fail.sql");
    private static final String FIND =
            "SELECT id, action, matched, changed, skipped, asked_at, done_at, failed_because FROM bulk_actions"
                    + " WHERE id = $1 AND user_id = $2";
    private static final String FORGET =
            "DELETE FROM bulk_actions WHERE done_at < clock_timestamp() - interval '30 days'";
    private final Database database;
    private final Messages messages;
    private final DecideOnMessages decide;
    private final SetAside setAside;
    private final ControlConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    BulkActions(
            Database database,
            Messages messages,
            DecideOnMessages decide,
            SetAside setAside,
            ControlConfig config,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.messages = messages;
        this.decide = decide;
        this.setAside = setAside;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Takes note of what is asked for, and answers how many messages that is about.
     *
     * @throws Refusal when the request contradicts the action, or names nobody's messages in particular
     */
    BulkAction ask(Tx tx, UserId user, Action action, BulkRequest asked) {
        MessageFilter filter = asked.filter(config.phoneRegion());
        action.decision(asked.outcome());
        Set<MessageState> statuses = action.statuses(filter.statuses());
        requireConsistent(action, asked, filter);
        Map<MessageState, Long> matching = messages.count(tx, user, filter);
        Row row = tx.run(
                        ASK,
                        TimeOrderedId.v7(clock.instant(), random),
                        user.value(),
                        action.wire(),
                        asked.outcome() == null ? null : asked.outcome().wire(),
                        Json.write(filter),
                        matching.entrySet().stream()
                                .filter(of -> statuses.contains(of.getKey()))
                                .mapToLong(Map.Entry::getValue)
                                .sum(),
                        Json.write(matching.entrySet().stream()
                                .filter(of -> !statuses.contains(of.getKey()))
                                .collect(Collectors.toMap(of -> of.getKey().wire(), Map.Entry::getValue))))
                .iterator()
                .next();
        return view(row);
    }

    private static void requireConsistent(Action action, BulkRequest asked, MessageFilter filter) {
        if (action != Action.RESOLVE && asked.outcome() != null) {
            throw Refusal.invalid("outcome", "is for resolve only");
        }
        boolean all = Boolean.TRUE.equals(asked.all());
        if (!filter.narrows() && !all) {
            throw Refusal.invalid(
                    "all",
                    "must be true for messages of every cause, device and recipient; else name a campaign, sequence, device,"
                            + " lead or phone, or both from and to");
        }
        if (filter.narrows() && all) {
            throw Refusal.invalid("all", "contradicts the other conditions");
        }
    }

    /** Throws {@link Refusal} (a 404) when this user asked for no such action. */
    BulkAction find(UserId user, UUID id) {
        for (Row row : database.run(FIND, id, user.value())) {
            return view(row);
        }
        throw Refusal.notFound("action", id);
    }

    /**
     * Does the next batch of the action whose turn it is; false when none is open, or others work on all of them. Throws what
     * made the batch fail, which is tried again at the action's next turn, but not for ever.
     */
    boolean work() {
        for (Row claimed : database.run(CLAIM)) {
            UUID id = claimed.getUUID("id");
            try {
                setAside.batch(config.batch(), size -> work(id, size), refusal -> putAside(id, refusal));
            } catch (RuntimeException failure) {
                count(id, failure);
                throw failure;
            }
            return true;
        }
        return false;
    }

    /** Where the database is away this fails as well, and nothing is counted. */
    private void count(UUID id, RuntimeException failure) {
        String because =
                "failed " + FAILURES + " times in a row: " + failure.getClass().getSimpleName();
        for (Row row : database.run(FAIL, id, FAILURES, because)) {
            if (row.getBoolean("ended")) {
                LOG.errorf("bulk action ended as failed id=%s failures=%d: %s", id, FAILURES, failure.toString());
            }
        }
    }

    /** Those that are done for a month; what they decided stays in the timelines. */
    void forgetOld() {
        database.run(FORGET);
    }

    /** The next messages of an open action, at most so many; nothing when another replica has it. */
    private void work(UUID id, int atMost) {
        database.doInTransaction(tx -> tx.run(OPEN, id).forEach(row -> work(tx, row, atMost)));
    }

    private void work(Tx tx, Row row, int atMost) {
        Decision decision = action(row).decision(state(row, "outcome"));
        List<MessageId> batch = next(tx, row, atMost);
        Collection<Ruling> rulings = decide.decide(tx, new UserId(row.getString("user_id")), decision, batch)
                .values();
        Map<String, Long> skipped = rulings.stream()
                .filter(Ruling.Refused.class::isInstance)
                .map(Ruling.Refused.class::cast)
                .collect(Collectors.groupingBy(Ruling.Refused::code, Collectors.counting()));
        long changed = rulings.stream().filter(Ruling.Granted.class::isInstance).count();
        boolean more = batch.size() == atMost;
        tx.run(ADVANCE, row.getUUID("id"), changed, more ? batch.getLast().value() : null, Json.write(skipped));
    }

    /** The action goes on behind the message that the database refuses to change. */
    private void putAside(UUID id, PgException refusal) {
        database.doInTransaction(tx -> tx.run(OPEN, id)
                .forEach(row -> next(tx, row, 1).forEach(message -> {
                    setAside.message(tx, "bulk_action", message.value(), refusal);
                    tx.run(ADVANCE, id, 0L, message.value(), Json.write(Map.of("set_aside", 1)));
                })));
    }

    private List<MessageId> next(Tx tx, Row row, int atMost) {
        MessageFilter filter = Json.read(row.getString("filter"), MessageFilter.class);
        return messages.idsBehind(
                tx,
                new UserId(row.getString("user_id")),
                filter,
                action(row).statuses(filter.statuses()),
                instant(row, "asked_at"),
                row.getUUID("done_to"),
                atMost);
    }

    private static Action action(Row row) {
        return Wire.read(Action.class, row.getString("action"));
    }

    private static BulkAction view(Row row) {
        return new BulkAction(
                row.getUUID("id"),
                Wire.read(Action.class, row.getString("action")),
                row.getLong("matched"),
                row.getLong("changed"),
                row.getJsonObject("skipped").stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, of -> ((Number) of.getValue()).longValue())),
                instant(row, "asked_at"),
                instant(row, "done_at"),
                row.getString("failed_because"));
    }

    private static MessageState state(Row row, String column) {
        String wire = row.getString(column);
        return wire == null ? null : Wire.read(MessageState.class, wire);
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
