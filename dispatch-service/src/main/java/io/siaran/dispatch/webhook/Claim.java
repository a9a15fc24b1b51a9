package io.siaran.dispatch.webhook;

import io.siaran.dispatch.event.EventView;
import io.siaran.model.Json;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A lane that is this process' until it says what became of it, or the time of the claim is over.
 *
 * @param claims tells this claim from others of the lane
 * @param additions how many events had been added to the lane by then
 * @param ailing whether the webhook failed last
 * @param event what to send, or null: nothing waits in the lane
 */
record Claim(
        UUID webhook,
        String lane,
        long claims,
        long additions,
        String user,
        String url,
        int generation,
        boolean oldSecretIsValid,
        boolean ailing,
        int attempts,
        Instant since,
        EventView event) {

    static Claim of(Row row) {
        boolean waits = row.getValue("id") != null;
        return new Claim(
                row.getUUID("webhook_id"),
                row.getString("lane"),
                row.getLong("claims"),
                row.getLong("additions"),
                row.getString("user_id"),
                row.getString("url"),
                row.getInteger("generation"),
                Boolean.TRUE.equals(row.getBoolean("old_is_valid")),
                row.getBoolean("ailing"),
                waits ? row.getInteger("attempts") : 0,
                waits ? row.getOffsetDateTime("since").toInstant() : null,
                waits ? EventView.of(row) : null);
    }

    /** What is posted, the same at each attempt. */
    String body() {
        return Json.write(event);
    }

    /** The generations of the secrets to sign with, the newest first. */
    List<Integer> generations() {
        List<Integer> valid = new ArrayList<>(List.of(generation));
        if (oldSecretIsValid) {
            valid.add(generation - 1);
        }
        return valid;
    }
}
