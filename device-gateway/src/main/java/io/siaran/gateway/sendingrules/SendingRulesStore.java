package io.siaran.gateway.sendingrules;

import io.siaran.gateway.device.JsonColumns;
import io.siaran.gateway.device.UserRulesRow;
import io.siaran.gateway.rules.UserRules;
import io.siaran.kafka.Deeds;
import io.siaran.kafka.Writes;
import io.siaran.model.Deed;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.LongConsumer;

/** What users ask of all their devices. For virtual threads. */
@ApplicationScoped
public class SendingRulesStore {

    private static final String FIND = "SELECT * FROM sending_rules WHERE user_id = $1";
    private static final String LOCK = "SELECT FROM pg_advisory_xact_lock(hashtextextended($1::text, 0))";
    private static final String REPLACE = Sql.load(SendingRulesStore.class, "replace-sending-rules.sql");
    private static final String RULES_CHANGED = Sql.load(SendingRulesStore.class, "rules-changed.sql");

    private final Database database;
    private final Pool pool;
    private final Writes writes;
    private final Deeds deeds;

    SendingRulesStore(Database database, Pool pool, Writes writes, Deeds deeds) {
        this.database = database;
        this.pool = pool;
        this.writes = writes;
        this.deeds = deeds;
    }

    /** @param updatedAt null where they were never set */
    record Stored(UserRules rules, Instant updatedAt) {

        static Stored of(RowSet<Row> rows) {
            for (Row row : rows) {
                return new Stored(
                        UserRulesRow.read(row, "quiet_hours", "version"),
                        row.getOffsetDateTime("updated_at").toInstant());
            }
            return new Stored(UserRules.NONE, null);
        }
    }

    Stored find(UserId user) {
        return Stored.of(database.run(FIND, user.value()));
    }

    /** For an event loop. */
    public Uni<UserRules> current(UserId user) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(user.value()))
                .map(rows -> Stored.of(rows).rules());
    }

    /**
     * In force for every turn that begins after this has returned. The same transaction publishes new snapshots of all the
     * user's devices: dispatch releases again what a rule had deferred.
     *
     * @param check of the version that is stored; throws where another one was expected
     */
    Stored replace(UserId user, UserRules rules, LongConsumer check) {
        return writes.inTransaction(tx -> {
            tx.run(LOCK, user.value());
            UserRules before = Stored.of(tx.run(FIND, user.value())).rules();
            check.accept(before.version());
            Stored written = Stored.of(write(tx, user, rules));
            deeds.tell(tx, user, Deed.EDITED, new Deeds.Subject("sending_rules", null), said(before), said(rules));
            tx.run(RULES_CHANGED, user.value());
            return written;
        });
    }

    /** What the user says, whichever version it is. */
    private static UserRules said(UserRules rules) {
        return new UserRules(
                rules.quietHours(), rules.holidays(), rules.restDays(), rules.fridayPrayer(), rules.ratePerMinute(), 0);
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
