package io.siaran.dispatch.fleet;

import io.quarkus.security.ForbiddenException;
import io.siaran.model.UserId;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Stops the queue of a user or of the fleet, and lets it go on. From the commit on nothing more is released; what is in
 * flight is asked back by the next reconciliation, within a second or two. What waits is not touched, so to go on costs nothing.
 */
@ApplicationScoped
class EmergencyStop {

    private static final String STOP = Sql.load(EmergencyStop.class, "stop.sql");
    private static final String OF =
            "SELECT * FROM stops WHERE scope = $1 AND user_id IS NOT DISTINCT FROM $2 FOR UPDATE";
    private static final String LIFT = "DELETE FROM stops WHERE scope = $1 AND user_id IS NOT DISTINCT FROM $2";
    private static final String ON = "SELECT * FROM stops WHERE scope = 'fleet' OR user_id = $1 ORDER BY scope LIMIT 1";

    private final Database database;

    EmergencyStop(Database database) {
        this.database = database;
    }

    /** A stop that stands stays as it is, but an administrator's replaces the user's own. */
    Stop stop(Tx tx, StopScope scope, Optional<UserId> whose, UserId by, String reason) {
        tx.run(STOP, scope.wire(), text(whose), by.value(), reason);
        return standing(tx, scope, whose).orElseThrow();
    }

    /** Without effect where nothing is stopped. Throws a 403 for a user's stop that an administrator made. */
    void resume(Tx tx, StopScope scope, Optional<UserId> whose, UserId by, boolean administrator) {
        Optional<Stop> standing = standing(tx, scope, whose);
        if (standing.isPresent() && !administrator && !standing.get().isLiftedBy(by)) {
            throw new ForbiddenException("an administrator stopped it");
        }
        tx.run(LIFT, scope.wire(), text(whose));
    }

    /** The stop that silences this user's devices, the fleet's before their own. */
    Optional<Stop> on(UserId user) {
        return first(database.run(ON, user.value()));
    }

    private static Optional<Stop> standing(Tx tx, StopScope scope, Optional<UserId> whose) {
        return first(tx.run(OF, scope.wire(), text(whose)));
    }

    private static Optional<Stop> first(Iterable<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst().map(Stop::of);
    }

    private static String text(Optional<UserId> user) {
        return user.map(UserId::value).orElse(null);
    }
}
