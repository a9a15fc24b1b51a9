package io.siaran.dispatch.message;

import io.siaran.model.CampaignId;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Goes through the messages of a user that are meant, in the order of their ids, a stretch at a time. A stretch ends where enough are
 * found, or where so many were looked at that it takes a moment: of millions that were sent, few may have failed.
 *
 * <p>A stretch is read by one index in its order, so what it costs is bounded whatever else the filter says: that is judged of each
 * message of the stretch.
 *
 * @param statuses those that are meant, of those that the filter lets through
 * @param storedBy only messages that were stored by then
 */
public record MessageWalk(UserId user, MessageFilter filter, Set<MessageState> statuses, Instant storedBy) {

    private static final String STRETCH = Sql.load(MessageWalk.class, "stretch.sql");

    /**
     * For the rest of the transaction: rows are read in the order of an index and never sorted, or all of them would be read first;
     * and planned for this user, since one with few messages is not to be looked for among everybody's.
     */
    private static final String IN_ORDER =
            "SELECT set_config('plan_cache_mode', 'force_custom_plan', true), set_config('enable_seqscan', 'off', true),"
                    + " set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true)";

    private static final Set<MessageState> NOT_SENT =
            EnumSet.of(MessageState.FAILED, MessageState.UNKNOWN, MessageState.CANCELLED);

    /**
     * What a stretch has.
     *
     * @param next behind which message the next one begins; null: there is none
     */
    public record Stretch(List<MessageId> meant, UUID next) {}

    /**
     * The stretch behind the message {@code after}.
     *
     * @param atMost messages that are meant
     * @param lookAt messages that are looked at
     */
    public Stretch behind(Tx tx, UUID after, int atMost, int lookAt) {
        var way = new Conditions(user.value(), after, atMost, lookAt);
        goes(way);
        Conditions meant = way.further();
        meant.statuses(statuses);
        meant.add("m.created_at <= $%d", storedBy);
        filter.conditions(meant);
        String sql = STRETCH.replace("{way}", way.sql()).replace("{meant}", meant.sql());
        tx.run(IN_ORDER);
        Row row = tx.run(sql, meant.arguments()).iterator().next();
        UUID[] ids = row.getArrayOfUUIDs("ids");
        return new Stretch(Stream.of(ids).map(MessageId::new).toList(), next(row, ids, atMost, lookAt));
    }

    private static UUID next(Row row, UUID[] ids, int atMost, int lookAt) {
        if (ids.length == atMost) {
            return ids[atMost - 1];
        }
        return row.getLong("looked_at") == lookAt ? row.getUUID("looked_to") : null;
    }

    /** What one index has in its order. */
    private void goes(Conditions way) {
        if (filter.phone() != null) {
            way.add("m.recipient_phone = $%d", filter.phone().digits());
        } else if (NOT_SENT.containsAll(statuses)) {
            way.statuses(NOT_SENT);
        } else if (Conditions.UNSENT.containsAll(statuses)) {
            goesUnsent(way);
        }
    }

    private void goesUnsent(Conditions way) {
        List<UUID> plans = Stream.concat(
                        filter.campaigns().stream().map(CampaignId::value),
                        filter.sequences().stream().map(SequenceId::value))
                .toList();
        if (plans.size() == 1) {
            way.statuses(Conditions.UNSENT);
            way.add("m.plan_id = $%d", plans.getFirst());
        } else if (filter.devices().size() == 1) {
            way.withinTheQueue();
            way.add("m.device_id = $%d", filter.devices().getFirst().value());
        } else {
            way.withinTheQueue();
        }
    }
}
