package io.siaran.dispatch.control;

import io.siaran.dispatch.message.MessageFilter;
import io.siaran.dispatch.message.Messages;
import io.siaran.dispatch.message.Ruling;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.SequenceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
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
            "SELECT id, action, matched, changed, asked_at, done_at, failed_because FROM bulk_actions"
                    + " WHERE id = $1 AND user_id = $2";
    private static final String FORGET =
            "DELETE FROM bulk_actions WHERE done_at < clock_timestamp() - interval '30 days'";
    private final Database database;
    private final Messages messages;
    private final DecideOnMessages decide;
    private final ControlConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    BulkActions(
            Database database,
            Messages messages,
            DecideOnMessages decide,
            ControlConfig config,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.messages = messages;
        this.decide = decide;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Takes note of what is asked for, and answers how many messages that is about.
     *
     * @throws Refusal when the request names no condition, or one that contradicts the action
     */
    BulkAction ask(Tx tx, UserId user, Action action, BulkRequest asked) {
        MessageFilter filter = asked.filter(config.phoneRegion());
        action.decision(asked.outcome());
        if (action != Action.RESOLVE && asked.outcome() != null) {
            throw Refusal.invalid("outcome", "is for resolve only");
        }
        if (filter.isEmpty()) {
            throw Refusal.unprocessable("name at least one condition: without any it would be all your messages");
        }
        long matched = messages.count(tx, user, filter, action.statuses(filter.status()));
        Row row = tx.run(
                        ASK,
                        TimeOrderedId.v7(clock.instant(), random),
                        user.value(),
                        action.wire(),
                        asked.outcome() == null ? null : asked.outcome().wire(),
                        filter.campaignId() == null ? null : filter.campaignId().value(),
                        filter.sequenceId() == null ? null : filter.sequenceId().value(),
                        filter.deviceId() == null ? null : filter.deviceId().value(),
                        filter.status() == null ? null : filter.status().wire(),
                        filter.phone() == null ? null : filter.phone().digits(),
                        filter.from() == null ? null : filter.from().atOffset(ZoneOffset.UTC),
                        filter.to() == null ? null : filter.to().atOffset(ZoneOffset.UTC),
                        matched)
                .iterator()
                .next();
        return view(row);
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
                database.doInTransaction(tx -> tx.run(OPEN, id).forEach(row -> work(tx, row)));
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

    private void work(Tx tx, Row row) {
        UserId user = new UserId(row.getString("user_id"));
        Action action = Wire.read(Action.class, row.getString("action"));
        MessageFilter filter = filter(row);
        List<MessageId> batch = messages.idsBehind(
                tx,
                user,
                filter,
                action.statuses(filter.status()),
                instant(row, "asked_at"),
                row.getUUID("done_to"),
                config.batch());
        long changed = decide.decide(tx, user, action.decision(state(row, "outcome")), batch).values().stream()
                .filter(Ruling.Granted.class::isInstance)
                .count();
        boolean more = batch.size() == config.batch();
        tx.run(ADVANCE, row.getUUID("id"), changed, more ? batch.getLast().value() : null);
    }

    private static MessageFilter filter(Row row) {
        return new MessageFilter(
                CampaignId.orNull(row.getUUID("campaign_id")),
                SequenceId.orNull(row.getUUID("sequence_id")),
                row.getUUID("device_id") == null ? null : new DeviceId(row.getUUID("device_id")),
                state(row, "status"),
                row.getString("phone") == null ? null : new PhoneNumber(row.getString("phone")),
                instant(row, "planned_from"),
                instant(row, "planned_to"));
    }

    private static BulkAction view(Row row) {
        return new BulkAction(
                row.getUUID("id"),
                Wire.read(Action.class, row.getString("action")),
                row.getLong("matched"),
                row.getLong("changed"),
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
