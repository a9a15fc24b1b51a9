package io.siaran.dispatch.fleet;

import io.siaran.model.UserId;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A standing stop, as REST answers it. */
public record Stop(
        @Schema(description = "what it silences", example = "user")
        StopScope scope,

        @Schema(description = "whose devices are silent; null: everybody's", nullable = true, example = "kedai-ani")
        UserId userId,

        @Schema(description = "since when", example = "2026-11-28T02:00:00Z")
        Instant stoppedAt,

        @Schema(description = "who made it", example = "kedai-ani")
        UserId stoppedBy,

        @Schema(description = "why, in words", nullable = true, example = "wrong price in the sale")
        String reason) {

    static Stop of(Row row) {
        String user = row.getString("user_id");
        return new Stop(
                WireEnum.read(StopScope.class, row.getString("scope")),
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
