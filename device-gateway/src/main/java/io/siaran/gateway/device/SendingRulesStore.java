package io.siaran.gateway.device;

import io.siaran.gateway.rules.State;
import io.siaran.gateway.rules.UserRules;
import io.siaran.kafka.Announcement;
import io.siaran.kafka.Outbox;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.Topic;
import io.siaran.model.UserId;
import io.siaran.model.Wire;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** What users ask of all their devices. For virtual threads. */
@ApplicationScoped
class SendingRulesStore {

    private static final String FIND = "SELECT * FROM sending_rules WHERE user_id = $1";
    private static final String REPLACE = Sql.load(SendingRulesStore.class, "replace-sending-rules.sql");
    private static final String RULES_CHANGED = Sql.load(SendingRulesStore.class, "rules-changed.sql");

    private final Database database;
    private final Outbox outbox;

    SendingRulesStore(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
    }

    UserRules find(UserId user) {
        for (Row row : database.run(FIND, user.value())) {
            return read(row, "quiet_hours", "version");
        }
        return UserRules.NONE;
    }

    /**
     * In force for every turn that begins after this has returned. In the same transaction others are told of all the
     * user's devices anew: dispatch asks again for what a rule had put off.
     */
    UserRules replace(UserId user, UserRules rules) {
        UserRules replaced = database.inTransaction(tx -> {
            Row row = write(tx, user, rules).iterator().next();
            outbox.append(tx, announcements(tx.run(RULES_CHANGED, user.value())));
            return read(row, "quiet_hours", "version");
        });
        outbox.wake();
        return replaced;
    }

    private static RowSet<Row> write(Tx tx, UserId user, UserRules rules) {
        return tx.run(
                REPLACE,
                user.value(),
                Lists.column(rules.quietHours()),
                rules.holidays() == null ? null : rules.holidays().wire(),
                rules.restDays(),
                rules.fridayPrayer(),
                rules.ratePerMinute());
    }

    private static List<Announcement> announcements(RowSet<Row> devices) {
        List<Announcement> announcements = new ArrayList<>();
        for (Row row : devices) {
            DeviceSnapshot snapshot = SnapshotRow.read(row);
            announcements.add(new Announcement(Topic.DEVICES, snapshot.id().toString(), snapshot));
        }
        return announcements;
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
