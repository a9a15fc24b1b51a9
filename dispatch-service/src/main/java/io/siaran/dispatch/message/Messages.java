package io.siaran.dispatch.message;

import io.siaran.model.MessageId;
import io.siaran.model.UserId;
import io.siaran.outbox.Database;
import io.siaran.outbox.Sql;
import io.siaran.outbox.Tx;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Refusal;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Messages to read, of one user at a time. Straight-line: for virtual threads. */
@ApplicationScoped
public class Messages {

    private static final String MESSAGES = Sql.load(Messages.class, "messages.sql");
    private static final String ONE = MESSAGES + " AND m.id = $2";

    private final Database database;

    Messages(Database database) {
        this.database = database;
    }

    /** Throws {@link Refusal} (a 404) when this user has no such message. */
    MessageView find(UserId user, MessageId id) {
        return one(database.run(ONE, user.value(), id.value()), id);
    }

    /** As {@link #find(UserId, MessageId)}, with what this transaction has not committed yet. */
    public MessageView find(Tx tx, UserId user, MessageId id) {
        return one(tx.run(ONE, user.value(), id.value()), id);
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

    private static MessageView one(RowSet<Row> rows, MessageId id) {
        return StreamSupport.stream(rows.spliterator(), false)
                .findFirst()
                .map(MessageView::of)
                .orElseThrow(() -> Refusal.notFound("message", id));
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
