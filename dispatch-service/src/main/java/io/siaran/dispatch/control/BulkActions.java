package io.siaran.dispatch.control;

import io.siaran.dispatch.message.MessageFilter;
import io.siaran.dispatch.message.Messages;
import io.siaran.model.Json;
import io.siaran.model.MessageState;
import io.siaran.model.PhoneNumber;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Actions on all messages that match a filter. Asking writes one row; {@link WorkOffBulkActions} does the rest. */
@ApplicationScoped
class BulkActions {

    private static final String ASK = Sql.load(BulkActions.class, "ask.sql");
    private static final String LEADS = "SELECT id FROM leads WHERE user_id = $1 AND phone = $2 ORDER BY id LIMIT 100";
    private static final String FIND =
            "SELECT id, action, matched, changed, skipped, asked_at, done_at, failed_because, updated_at FROM bulk_actions"
                    + " WHERE id = $1 AND user_id = $2";
    private static final String FORGET =
            "DELETE FROM bulk_actions WHERE done_at < clock_timestamp() - interval '30 days'";

    /**
     * What an operator asks for in a row while the first is still under way, as of filters for a sequence; of each action so many, so that
     * no retries keep a cancel from being asked for. Each open one is read whenever somebody's turn is found.
     */
    private static final int MOST_UNDER_WAY = 20;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final String LOCK =
            "SELECT FROM pg_advisory_xact_lock(hashtextextended('bulk actions ' || $1::text, 0))";
    private static final String UNDER_WAY =
            "SELECT count(*) AS actions FROM bulk_actions WHERE user_id = $1 AND action = $2 AND done_at IS NULL";
    private static final String FORGET_TURNS =
            "DELETE FROM bulk_turns WHERE had_at < clock_timestamp() - interval '30 days'";

    /** All messages of a user may have to be read to count them: longer than this nobody waits for a number. */
    private static final Duration COUNTED_FOR = Duration.ofSeconds(2);

    private final Database database;
    private final Messages messages;
    private final ControlConfig config;
    private final Clock clock;
    private final RandomGenerator random;

    BulkActions(Database database, Messages messages, ControlConfig config, Clock clock, RandomGenerator random) {
        this.database = database;
        this.messages = messages;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /**
     * How many messages are asked about: to be known before the transaction of {@link #ask}, since no engine waits for that.
     *
     * @throws Refusal when the request contradicts the action, or names nobody's messages in particular
     */
    Matching count(UserId user, Action action, BulkRequest asked) {
        MessageFilter filter = asked.filter(config.phoneRegion());
        action.decision(asked.outcome());
        Set<MessageState> statuses = action.statuses(filter.statuses());
        requireConsistent(action, asked, filter);
        return messages.count(user, filter, COUNTED_FOR)
                .map(counts -> Matching.of(counts, statuses))
                .orElse(Matching.TOO_MANY);
    }

    /**
     * Takes note of what is asked for.
     *
     * @throws Refusal a 429 while as many actions of the user are under way as may be: they end by themselves
     */
    BulkAction ask(Tx tx, UserId user, Action action, BulkRequest asked, Matching matching) {
        requireRoom(tx, user, action);
        Row row = tx.run(
                        ASK,
                        TimeOrderedId.v7(clock.instant(), random),
                        user.value(),
                        action.wire(),
                        asked.outcome() == null ? null : asked.outcome().wire(),
                        asked.filter(config.phoneRegion()).json(),
                        matching.messages(),
                        Json.write(matching.others()))
                .iterator()
                .next();
        return view(row);
    }

    private static void requireRoom(Tx tx, UserId user, Action action) {
        tx.run(LOCK, user.value());
        long underWay =
                tx.run(UNDER_WAY, user.value(), action.wire()).iterator().next().getLong("actions");
        if (underWay >= MOST_UNDER_WAY) {
            throw Refusal.tooMany(
                    underWay + " of yours are under way (" + action.wire()
                            + "), as many as may be: wait until one is done",
                    RETRY_AFTER);
        }
    }

    /** The same for the audit. */
    AskedFor askedFor(Tx tx, UserId user, BulkRequest asked, Matching matching) {
        PhoneNumber phone = asked.filter(config.phoneRegion()).phone();
        List<UUID> leads = phone == null
                ? null
                : StreamSupport.stream(
                                tx.run(LEADS, user.value(), phone.digits()).spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList();
        return new AskedFor(asked, matching.messages(), leads);
    }

    private static void requireConsistent(Action action, BulkRequest asked, MessageFilter filter) {
        if (action != Action.RESOLVE && asked.outcome() != null) {
            throw Refusal.invalid("outcome", "is for resolve only");
        }
        boolean all = Boolean.TRUE.equals(asked.all());
        if (!filter.narrows() && !all) {
            throw Refusal.invalid(
                    "all",
                    "must be true for messages of every cause, device and recipient; else name a campaign, sequence,"
                            + " device, lead or phone, or both from and to");
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

    /** Those that are done for a month; what they decided stays in the timelines. */
    void forgetOld() {
        database.run(FORGET);
        database.run(FORGET_TURNS);
    }

    private static BulkAction view(Row row) {
        return new BulkAction(
                row.getUUID("id"),
                WireEnum.read(Action.class, row.getString("action")),
                row.getLong("matched"),
                row.getLong("changed"),
                row.getJsonObject("skipped").stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, of -> ((Number) of.getValue()).longValue())),
                instant(row, "asked_at"),
                instant(row, "done_at"),
                row.getString("failed_because"),
                instant(row, "updated_at"));
    }

    private static Instant instant(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
