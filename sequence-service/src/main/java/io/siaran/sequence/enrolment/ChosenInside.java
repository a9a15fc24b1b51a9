package io.siaran.sequence.enrolment;

import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Of those who are inside a sequence, some whom somebody chose.
 *
 * @param more whether there may be others
 */
record ChosenInside(List<UUID> enrolments, boolean more) {

    static final String BY_FILTER = Sql.load(ChosenInside.class, "find-chosen-inside.sql");
    private static final String BY_NAME = Sql.load(ChosenInside.class, "find-named-inside.sql");
    private static final String LOCK = Sql.load(ChosenInside.class, "lock-chosen.sql");

    /** So many at most. */
    static ChosenInside of(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        List<UUID> enrolments = new ArrayList<>();
        find(tx, user, sequence, chosen, most).forEach(row -> enrolments.add(row.getUUID("id")));
        return new ChosenInside(enrolments, enrolments.size() == most);
    }

    /** Who is inside still, locked; somebody else may have ended some meanwhile. */
    RowSet<Row> locked(Tx tx) {
        return tx.run(LOCK, (Object) enrolments.toArray(UUID[]::new));
    }

    private static RowSet<Row> find(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        EnrolRequest.Filter by = chosen.filter();
        return by == null
                ? tx.run(BY_NAME, user.value(), sequence.value(), most, chosen.leads())
                : tx.run(
                        BY_FILTER,
                        user.value(),
                        sequence.value(),
                        most,
                        by.niche(),
                        by.status(),
                        by.device(),
                        by.trigger());
    }
}
