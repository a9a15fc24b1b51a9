package io.siaran.gateway.device;

import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.outbox.Database;
import io.siaran.outbox.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** What users ask of all their devices. For virtual threads. */
@ApplicationScoped
class SendingRulesStore {

    private static final String FIND = "SELECT * FROM sending_rules WHERE user_id = $1";
    private static final String REPLACE = Sql.load(SendingRulesStore.class, "replace-sending-rules.sql");

    private final Database database;

    SendingRulesStore(Database database) {
        this.database = database;
    }

    UserRules find(UserId user) {
        for (Row row : database.run(FIND, user.value())) {
            return read(row, "quiet_hours", "version");
        }
        return UserRules.NONE;
    }

    /** In force for every turn that begins after this has returned. */
    UserRules replace(UserId user, UserRules rules) {
        database.run(
                REPLACE,
                user.value(),
                Lists.column(rules.quietHours()),
                rules.holidays() == null ? null : rules.holidays().wire(),
                rules.restDays(),
                rules.fridayPrayer(),
                rules.ratePerMinute());
        return find(user);
    }

    static UserRules read(Row row, String quietHours, String version) {
        String state = row.getString("holidays");
        return new UserRules(
                Lists.quietHours(row.getString(quietHours)),
                state == null ? null : Wire.read(State.class, state),
                row.getBoolean("rest_days"),
                row.getBoolean("friday_prayer"),
                row.getInteger("rate_per_minute"),
                row.getLong(version));
    }
}
