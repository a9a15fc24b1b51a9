package io.siaran.sequence.enrolment;

import io.siaran.model.SequenceId;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * What was asked for leads who are to be out of a sequence, and no longer is: who waits for a review does not enter by it, and a
 * filter that has not come to them does not ask them. Locks in the order of who asks: filters, reviews, requests.
 *
 * @param leads who does not enter now; of those whom a filter has not come to, only who was named
 * @param filters whether one asks fewer now, or nobody any more, whoever that is
 * @param ended how many of those ask nobody any more although they would ask others, as {@link CrowdBounds#endFull} says
 * @param more whether more may wait for a review
 */
record EndedRequests(Set<UUID> leads, boolean filters, int ended, boolean more) {

    private static final String LOCK_FILTERS =
            "SELECT FROM requested_crowds WHERE sequence_id = $1 ORDER BY id FOR UPDATE";
    private static final String END_FILTERS = Sql.load(EndedRequests.class, "end-crowds.sql");
    private static final String LEAVE_OUT = Sql.load(EndedRequests.class, "leave-out-of-crowds.sql");
    private static final String LEAVE_LEADS_OUT = Sql.load(EndedRequests.class, "leave-leads-out-of-crowds.sql");
    private static final String FIND_ASKED = Sql.load(EndedRequests.class, "find-chosen-asked.sql");
    private static final String END =
            "DELETE FROM requested_entries WHERE sequence_id = $1 AND lead_id = ANY ($2::uuid[]) RETURNING lead_id";

    /** At most so many of those who wait for a review. Whoever was being reviewed is in or out after it. */
    static EndedRequests of(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        return chosen.filter() == null
                ? ofLeads(tx, user, sequence, chosen, most)
                : ofAll(tx, user, sequence, chosen, most);
    }

    private static EndedRequests ofLeads(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        tx.run(LOCK_FILTERS, sequence.value());
        Set<UUID> leads = leads(tx.run(LEAVE_LEADS_OUT, sequence.value(), chosen.leads()));
        Set<UUID> asked = asked(tx, user, sequence, chosen, most);
        leads.addAll(end(tx, user, sequence, asked));
        return new EndedRequests(leads, false, 0, asked.size() == most);
    }

    /** A filter that asks others as well leaves those out. */
    private static EndedRequests ofAll(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        CrowdBounds.lock(tx, sequence);
        tx.run(LOCK_FILTERS, sequence.value());
        EnrolRequest.Filter by = chosen.filter();
        Object[] arguments = {sequence.value(), by.niche(), by.status(), by.device(), by.trigger()};
        int changed = tx.run(END_FILTERS, arguments).rowCount();
        int ended = CrowdBounds.endFull(tx, sequence, by);
        changed += ended + tx.run(LEAVE_OUT, arguments).rowCount();
        Set<UUID> asked = asked(tx, user, sequence, chosen, most);
        return new EndedRequests(end(tx, user, sequence, asked), changed > 0, ended, asked.size() == most);
    }

    private static Set<UUID> asked(Tx tx, UserId user, SequenceId sequence, EnrolRequest chosen, int most) {
        EnrolRequest.Filter by = chosen.filterOrNone();
        return leads(tx.run(
                FIND_ASKED,
                user.value(),
                sequence.value(),
                most,
                chosen.leads(),
                by.niche(),
                by.status(),
                by.device(),
                by.trigger()));
    }

    private static Set<UUID> end(Tx tx, UserId user, SequenceId sequence, Set<UUID> asked) {
        UUID[] leads = asked.toArray(UUID[]::new);
        RequestEntries.lockReviews(tx, user, leads);
        return leads(tx.run(END, sequence.value(), leads));
    }

    private static Set<UUID> leads(RowSet<Row> rows) {
        Set<UUID> leads = new HashSet<>();
        rows.forEach(row -> leads.add(row.getUUID("lead_id")));
        return leads;
    }
}
