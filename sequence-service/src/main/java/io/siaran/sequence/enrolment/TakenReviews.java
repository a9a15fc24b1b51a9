package io.siaran.sequence.enrolment;

import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Leads of one rank whose review a transaction has taken.
 *
 * @param cameLast the user after whom the next turn begins
 */
record TakenReviews(List<UUID> leads, String cameLast) {

    /** Comes before every user. */
    static final String NOBODY = "";

    private static final String TAKE = Sql.load(TakenReviews.class, "take-reviews.sql");

    /** So many at most, of users who take turns, those first who come after the one who came last. */
    static TakenReviews of(Tx tx, ReviewRank rank, int most, String cameLast) {
        List<UUID> leads = new ArrayList<>(most);
        String last = cameLast;
        for (Row row : tx.run(TAKE, rank.number(), most, cameLast)) {
            leads.add(row.getUUID("lead_id"));
            last = row.getString("user_id");
        }
        return new TakenReviews(leads, last);
    }
}
