package io.siaran.gateway.device;

import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.model.WireEnum;
import io.vertx.mutiny.sqlclient.Row;

/** A user's rules as they stand in a row. Pure. */
public final class UserRulesRow {

    private UserRulesRow() {}

    /** @param quietHours and {@code version} name their columns, since a device's row has some of these names too */
    public static UserRules read(Row row, String quietHours, String version) {
        String state = row.getString("holidays");
        return new UserRules(
                JsonColumns.quietHours(row.getString(quietHours)),
                state == null ? null : WireEnum.read(State.class, state),
                row.getBoolean("rest_days"),
                row.getBoolean("friday_prayer"),
                row.getInteger("rate_per_minute"),
                row.getLong(version));
    }
}
