package io.siaran.gateway.sendingrules;

import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.UserRulesRow;
import io.siaran.gateway.rules.UserRules;
import io.siaran.kafka.Outbox;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

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
            return UserRulesRow.read(row, "quiet_hours", "version");
        }
        return UserRules.NONE;
    }

    /**
     * In force for every turn that begins after this has returned. The same transaction publishes new
     * snapshots of all the user's devices: dispatch releases again what a rule had deferred.
     */
    UserRules replace(UserId user, UserRules rules) {
        UserRules replaced = database.inTransaction(tx -> {
            Row row = write(tx, user, rules).iterator().next();
            tx.run(RULES_CHANGED, user.value());
            return UserRulesRow.read(row, "quiet_hours", "version");
        });
        outbox.wake();
        return replaced;
    }

    private static RowSet<Row> write(Tx tx, UserId user, UserRules rules) {
        return tx.run(
                REPLACE,
                user.value(),
                JsonColumns.column(rules.quietHours()),
                rules.holidays() == null ? null : rules.holidays().wire(),
                rules.restDays(),
                rules.fridayPrayer(),
                rules.ratePerMinute());
    }
}
