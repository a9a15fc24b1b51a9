package io.siaran.dispatch.queue;

import io.siaran.dispatch.message.Evidence;
import io.siaran.dispatch.message.QueuedMessage;
import io.siaran.model.DeviceId;
import io.siaran.model.FailureReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageState;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Set;

/** Reads a row of {@code lock.sql}. */
final class LockedRow {

    private LockedRow() {}

    static QueuedMessage read(Row row) {
        return new QueuedMessage(
                new MessageId(row.getUUID("id")),
                new DeviceId(row.getUUID("device_id")),
                WireEnum.read(MessageState.class, row.getString("status")),
                row.getInteger("try_no"),
                row.getInteger("attempts"),
                time(row, "released_at"),
                time(row, "not_after"),
                reason(row, "ending"),
                reason(row, "failure_reason"),
                evidence(row),
                row.getBoolean("direct"));
    }

    private static Evidence evidence(Row row) {
        return new Evidence(
                tries(row, "taken_tries"),
                tries(row, "refused_tries"),
                time(row, "sent_at"),
                time(row, "delivered_at"),
                time(row, "read_at"),
                row.getString("provider_message_id"),
                row.getBoolean("text_known"));
    }

    private static Set<Integer> tries(Row row, String column) {
        Integer[] tries = row.getArrayOfIntegers(column);
        return tries == null ? Set.of() : Set.of(tries);
    }

    private static FailureReason reason(Row row, String column) {
        String wire = row.getString(column);
        return wire == null ? null : WireEnum.read(FailureReason.class, wire);
    }

    private static Instant time(Row row, String column) {
        return row.getOffsetDateTime(column) == null
                ? null
                : row.getOffsetDateTime(column).toInstant();
    }
}
