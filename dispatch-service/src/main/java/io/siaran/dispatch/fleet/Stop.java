package io.siaran.dispatch.fleet;

import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/**
 * A standing stop, as REST tells it.
 *
 * @param userId whose devices are silent; null: everybody's
 */
public record Stop(StopScope scope, UserId userId, Instant stoppedAt, UserId stoppedBy, String reason) {

    static Stop of(Row row) {
        String user = row.getString("user_id");
        return new Stop(
                Wire.read(StopScope.class, row.getString("scope")),
                user == null ? null : new UserId(user),
                row.getOffsetDateTime("stopped_at").toInstant(),
                new UserId(row.getString("stopped_by")),
                row.getString("reason"));
    }

    /** Whether this user may lift it without being an administrator: it is theirs, and they made it. */
    boolean isLiftedBy(UserId user) {
        return user.equals(userId) && user.equals(stoppedBy);
    }
}
