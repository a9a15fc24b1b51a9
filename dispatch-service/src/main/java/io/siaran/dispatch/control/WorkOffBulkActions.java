package io.siaran.dispatch.control;

import io.siaran.dispatch.message.Decision;
import io.siaran.dispatch.message.MessageFilter;
import io.siaran.dispatch.message.MessageWalk;
import io.siaran.dispatch.message.Ruling;
import io.siaran.dispatch.setaside.SetAside;
import io.siaran.model.Json;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Does what bulk actions ask for, behind the cursor of each, a batch a transaction: a crash costs nothing and replicas share
 * the work. Users take turns, and the actions of each, and a turn is short however many messages the user has and however few are meant.
 */
@ApplicationScoped
class WorkOffBulkActions {

    private static final Logger LOG = Logger.getLogger(WorkOffBulkActions.class);

    /** Beyond what a server that is restarted or a deadlock costs: an action gets a try a second at most. */
    private static final int FAILURES = 20;

    private static final String CLAIM = Sql.load(WorkOffBulkActions.class, "claim.sql");
    private static final String OPEN = Sql.load(WorkOffBulkActions.class, "open.sql");
    private static final String ADVANCE = Sql.load(WorkOffBulkActions.class, "advance.sql");
    private static final String FAIL = Sql.load(WorkOffBulkActions.class, "fail.sql");

    private final Database database;
    private final DecideOnMessages decide;
    private final SetAside setAside;
    private final ControlConfig config;

    WorkOffBulkActions(Database database, DecideOnMessages decide, SetAside setAside, ControlConfig config) {
        this.database = database;
        this.decide = decide;
        this.setAside = setAside;
        this.config = config;
    }

    /** What a batch of one had in hand, and where its action stood. */
    private record Tried(UUID behind, MessageId message) {}

    /**
     * Does the next batch of the action whose turn it is; false when none is open, or others work on all of them. Throws what
     * made the batch fail, which is tried again at the action's next turn, but not for ever.
     */
    boolean next() {
        for (Row claimed : database.run(CLAIM)) {
            UUID id = claimed.getUUID("id");
            try {
                AtomicReference<Tried> tried = new AtomicReference<>();
                setAside.batch(
                        config.batch(), size -> work(id, size, tried), refusal -> putAside(id, tried.get(), refusal));
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

    /** The next messages of an open action, at most so many; nothing when another replica has it. */
    private void work(UUID id, int atMost, AtomicReference<Tried> tried) {
        tried.set(null);
        database.doInTransaction(tx -> tx.run(OPEN, id).forEach(row -> work(tx, row, atMost, tried)));
    }

    private void work(Tx tx, Row row, int atMost, AtomicReference<Tried> tried) {
        Decision decision = action(row).decision(state(row, "outcome"));
        MessageWalk.Stretch stretch = stretch(tx, row, atMost);
        stretch.meant().stream().findFirst().ifPresent(first -> tried.set(new Tried(row.getUUID("done_to"), first)));
        Collection<Ruling> rulings =
                decide.decide(tx, user(row), decision, stretch.meant()).values();
        Map<String, Long> skipped = rulings.stream()
                .filter(Ruling.Refused.class::isInstance)
                .map(Ruling.Refused.class::cast)
                .collect(Collectors.groupingBy(Ruling.Refused::code, Collectors.counting()));
        long changed = rulings.stream().filter(Ruling.Granted.class::isInstance).count();
        tx.run(ADVANCE, row.getUUID("id"), changed, stretch.next(), Json.write(skipped));
    }

    /** The action goes on behind the message that the database refuses to change, unless somebody else took it on meanwhile. */
    private void putAside(UUID id, Tried tried, PgException refusal) {
        if (tried == null) {
            throw refusal;
        }
        UUID message = tried.message().value();
        database.doInTransaction(tx -> tx.run(OPEN, id).forEach(row -> {
            if (tried.behind().equals(row.getUUID("done_to"))
                    && setAside.message(tx, "bulk_action", message, refusal)) {
                tx.run(ADVANCE, id, 0L, message, Json.write(Map.of("set_aside", 1)));
            }
        }));
    }

    private MessageWalk.Stretch stretch(Tx tx, Row row, int atMost) {
        MessageFilter filter = MessageFilter.read(row.getString("filter"));
        var walk = new MessageWalk(
                user(row),
                filter,
                action(row).statuses(filter.statuses()),
                row.getOffsetDateTime("asked_at").toInstant());
        return walk.behind(tx, row.getUUID("done_to"), atMost, config.lookAt());
    }

    private static UserId user(Row row) {
        return new UserId(row.getString("user_id"));
    }

    private static Action action(Row row) {
        return WireEnum.read(Action.class, row.getString("action"));
    }

    private static MessageState state(Row row, String column) {
        String wire = row.getString(column);
        return wire == null ? null : WireEnum.read(MessageState.class, wire);
    }
}
