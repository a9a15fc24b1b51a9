package io.siaran.gateway.lane;

import io.siaran.model.MessageId;
import io.siaran.model.Send;
import io.siaran.sql.Columns;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** How a call that a turn began has ended, and the statement that settles such endings: what goes in, and what its rows mean. */
record Ending(Send send, UUID turn, Settlement settlement) {

    static final String SQL = Sql.load(Ending.class, "settle.sql");

    static Object[] arguments(List<Ending> group) {
        Columns<Ending> endings = new Columns<>(group);
        Columns<Settlement> settlements =
                new Columns<>(group.stream().map(Ending::settlement).toList());
        return new Object[] {
            endings.uuids(ending -> ending.send().messageId().value()),
            endings.integers(ending -> ending.send().tryNo()),
            endings.uuids(Ending::turn),
            settlements.texts(Settlement::state),
            settlements.texts(Settlement::reason),
            settlements.texts(Settlement::detail),
            settlements.longs(
                    ended -> ended.again() == null ? null : ended.again().toMillis()),
            settlements.texts(Settlement::providerMessageId)
        };
    }

    /** Whether each was settled, in their order; no message is in a group twice. */
    static List<Boolean> settled(List<Ending> group, RowSet<Row> rows) {
        Set<MessageId> settled = new HashSet<>();
        rows.forEach(row -> settled.add(new MessageId(row.getUUID("message_id"))));
        return group.stream()
                .map(ending -> settled.contains(ending.send().messageId()))
                .toList();
    }
}
