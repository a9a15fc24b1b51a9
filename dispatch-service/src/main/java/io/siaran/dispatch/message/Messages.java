package io.siaran.dispatch.message;

import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.siaran.rest.Page;
import io.siaran.rest.PageRequest;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.rest.Warning;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Messages to read, of one user at a time. Straight-line: for virtual threads. */
@ApplicationScoped
public class Messages {

    private static final String MESSAGES = Sql.load(Messages.class, "messages.sql");
    private static final String ONE = MESSAGES + " AND m.id = $2";

    private static final String FACTS = Sql.load(Messages.class, "facts.sql");
    private static final String TOLD = Sql.load(Messages.class, "told.sql");
    private static final String OF_USER = " FROM broadcast_messages AS m WHERE m.user_id = $1";

    private final Reads reads;

    Messages(Reads reads) {
        this.reads = reads;
    }

    /** Throws {@link Refusal} (a 404) when this user has no such message. */
    MessageView find(UserId user, MessageId id) {
        return reads.inTransaction(tx -> find(tx, user, id));
    }

    /** As {@link #find(UserId, MessageId)}, with what this transaction has not committed yet. */
    public MessageView find(Tx tx, UserId user, MessageId id) {
        return find(tx, user, id, null);
    }

    /** The message that was just stored, with what its author should know of it. */
    public MessageView find(Tx tx, UserId user, MessageId id, List<Warning> warnings) {
        for (Row row : tx.run(ONE, user.value(), id.value())) {
            List<EventDelivery> told = StreamSupport.stream(
                            tx.run(TOLD, user.value(), id.toString()).spliterator(), false)
                    .map(EventDelivery::of)
                    .toList();
            return MessageRow.read(row, Timeline.of(row, tx.run(FACTS, id.value())), told, warnings);
        }
        throw Refusal.notFound("message", id);
    }

    /** Those planned last come first. */
    Page<MessageView> list(UserId user, MessageFilter filter, PageRequest page) {
        var conditions = new Conditions(user.value());
        filter.conditions(conditions);
        conditions.add("m.id < $%d", page.after(UUID::fromString).orElse(null));
        String sql = newest(conditions, page.rowsToRead());
        List<Row> rows = StreamSupport.stream(
                        reads.run(sql, conditions.arguments()).spliterator(), false)
                .toList();
        return Page.of(rows, page, row -> row.getUUID("id"), MessageRow::read);
    }

    /** Those planned last, with what this transaction sees. */
    public List<MessageView> newest(Tx tx, UserId user, MessageFilter filter, int atMost) {
        var conditions = new Conditions(user.value());
        filter.conditions(conditions);
        return StreamSupport.stream(
                        tx.run(newest(conditions, atMost), conditions.arguments())
                                .spliterator(),
                        false)
                .map(MessageRow::read)
                .toList();
    }

    static String newest(Conditions conditions, int atMost) {
        return MESSAGES + conditions.sql() + " ORDER BY m.id DESC LIMIT " + atMost;
    }

    /** How many messages match, by their status; empty where counting takes longer than so long. */
    public Optional<Map<MessageState, Long>> count(UserId user, MessageFilter filter, Duration atMost) {
        var conditions = new Conditions(user.value());
        filter.conditions(conditions);
        String sql = "SELECT m.status, count(*) AS messages" + OF_USER + conditions.sql() + " GROUP BY m.status";
        return reads.within(atMost, tx -> {
            Map<MessageState, Long> counts = new EnumMap<>(MessageState.class);
            tx.run(sql, conditions.arguments())
                    .forEach(row -> counts.put(
                            WireEnum.read(MessageState.class, row.getString("status")), row.getLong("messages")));
            return counts;
        });
    }
}
