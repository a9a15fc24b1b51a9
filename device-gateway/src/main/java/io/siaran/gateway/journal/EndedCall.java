package io.siaran.gateway.journal;

import io.siaran.gateway.breaker.Judgement;
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

/** A call that has ended, and the statement that settles such calls: its arguments, and what its rows mean. */
record EndedCall(Send send, UUID turn, CallOutcome outcome) {

    static final String SQL = Sql.load(EndedCall.class, "settle-calls.sql");

    static Object[] arguments(List<EndedCall> group) {
        Columns<EndedCall> calls = new Columns<>(group);
        Columns<CallOutcome> outcomes =
                new Columns<>(group.stream().map(EndedCall::outcome).toList());
        Columns<Judgement> breakers = new Columns<>(
                outcomes.rows().stream().map(CallOutcome::judgement).toList());
        return new Object[] {
            calls.uuids(call -> call.send().messageId().value()),
            calls.integers(call -> call.send().tryNo()),
            calls.uuids(EndedCall::turn),
            outcomes.texts(CallOutcome::state),
            outcomes.texts(CallOutcome::reason),
            outcomes.texts(CallOutcome::detail),
            outcomes.longs(ended -> ended.again() == null ? null : ended.again().toMillis()),
            outcomes.texts(CallOutcome::providerMessageId),
            breakers.integers(Judgement::troubles),
            breakers.integers(Judgement::openings),
            breakers.integers(Judgement::refusals),
            breakers.integers(Judgement::contactRefusals),
            breakers.longs(Judgement::holdMillis),
            breakers.wires(Judgement::holdReason),
            breakers.booleans(Judgement::serves),
            outcomes.booleans(CallOutcome::called)
        };
    }

    /** Whether each was settled, in their order; no message is in a group twice. */
    static List<Boolean> settled(List<EndedCall> group, RowSet<Row> rows) {
        Set<MessageId> settled = new HashSet<>();
        rows.forEach(row -> settled.add(new MessageId(row.getUUID("message_id"))));
        return group.stream()
                .map(call -> settled.contains(call.send().messageId()))
                .toList();
    }
}
