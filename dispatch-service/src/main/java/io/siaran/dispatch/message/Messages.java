package io.siaran.dispatch.message;

import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.UserId;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Messages to read, of one user at a time. Straight-line: for virtual threads. */
@ApplicationScoped
public class Messages {

    private static final String MESSAGES = Sql.load(Messages.class, "messages.sql");
    private static final String ONE = MESSAGES + " AND m.id = $2";

    private static final String FACTS = Sql.load(Messages.class, "facts.sql");
    private static final String MATCHING =
            " FROM broadcast_messages AS m WHERE m.user_id = $1 AND m.status = ANY ($2::text[])";

    private final Database database;

    Messages(Database database) {
        this.database = database;
    }

    /** Throws {@link Refusal} (a 404) when this user has no such message. */
    MessageView find(UserId user, MessageId id) {
        return database.inTransaction(tx -> find(tx, user, id));
    }

    /** As {@link #find(UserId, MessageId)}, with what this transaction has not committed yet. */
    public MessageView find(Tx tx, UserId user, MessageId id) {
        for (Row row : tx.run(ONE, user.value(), id.value())) {
            return MessageView.of(row, Timeline.of(row, tx.run(FACTS, id.value())));
        }
        throw Refusal.notFound("message", id);
    }

    /** Those planned last come first. */
    Page<MessageView> list(UserId user, MessageFilter filter, PageRequest page) {
        List<Object> arguments = new ArrayList<>(List.of(user.value()));
        String sql = MESSAGES + filter.conditions(arguments) + after(page, arguments) + " ORDER BY m.id DESC LIMIT "
                + page.rowsToRead();
        List<Row> rows = StreamSupport.stream(
                        database.run(sql, arguments.toArray()).spliterator(), false)
                .toList();
        return Page.of(rows, page, row -> row.getUUID("id"), MessageView::of);
    }

    /** How many messages in one of these statuses match. */
    public long count(Tx tx, UserId user, MessageFilter filter, Set<MessageState> statuses) {
        List<Object> arguments = new ArrayList<>(List.of(user.value(), wires(statuses)));
        String sql = "SELECT count(*) AS messages" + MATCHING + filter.conditions(arguments);
        return tx.run(sql, arguments.toArray()).iterator().next().getLong("messages");
    }

    /** The next of those, in order of id, that were stored by {@code storedBy}. */
    public List<MessageId> idsBehind(
            Tx tx,
            UserId user,
            MessageFilter filter,
            Set<MessageState> statuses,
            Instant storedBy,
            UUID after,
            int atMost) {
        List<Object> arguments =
                new ArrayList<>(List.of(user.value(), wires(statuses), storedBy.atOffset(ZoneOffset.UTC), after));
        String sql = "SELECT m.id" + MATCHING + " AND m.created_at <= $3 AND m.id > $4" + filter.conditions(arguments)
                + " ORDER BY m.id LIMIT " + atMost;
        return StreamSupport.stream(tx.run(sql, arguments.toArray()).spliterator(), false)
                .map(row -> new MessageId(row.getUUID("id")))
                .toList();
    }

    private static String[] wires(Set<MessageState> statuses) {
        return statuses.stream().map(MessageState::wire).toArray(String[]::new);
    }

    private static String after(PageRequest page, List<Object> arguments) {
        return page.after(UUID::fromString)
                .map(last -> {
                    arguments.add(last);
                    return " AND m.id < $" + arguments.size();
                })
                .orElse("");
    }
}
