package io.siaran.sequence.enrolment;

import io.siaran.model.LeadId;
import io.siaran.model.SequenceId;
import io.siaran.model.TimeOrderedId;
import io.siaran.model.UserId;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Asks that leads be let into a sequence: their reviews let them in where the sequence then begins, or find why not. */
@ApplicationScoped
class RequestEntries {

    private static final String KNOWN =
            "SELECT id FROM leads WHERE user_id = $1 AND NOT deleted AND id = ANY ($2::uuid[])";
    private static final String COUNT = Sql.load(RequestEntries.class, "count-crowd.sql");
    private static final String KEEP_CROWD = Sql.load(RequestEntries.class, "insert-crowd.sql");
    private static final String LOCK_CROWD = "SELECT FROM requested_crowds WHERE id = $1 FOR UPDATE";
    private static final String NEXT_OF_CROWD = Sql.load(RequestEntries.class, "find-next-of-crowd.sql");
    private static final String GO_ON = "UPDATE requested_crowds SET asked_to = $2 WHERE id = $1";
    private static final String END = "DELETE FROM requested_crowds WHERE id = $1";
    private static final String MARK = Sql.load(RequestEntries.class, "mark-asked-leads.sql");
    private static final String REQUEST = Sql.load(RequestEntries.class, "request-entries.sql");

    private final Clock clock;
    private final RandomGenerator random;

    RequestEntries(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** Answers those of them that the user has. */
    List<LeadId> ofLeads(Tx tx, UserId user, SequenceId sequence, UUID[] leads) {
        List<UUID> known = new ArrayList<>();
        tx.run(KNOWN, user.value(), leads).forEach(row -> known.add(row.getUUID("id")));
        ask(tx, user, sequence.value(), known);
        return known.stream().map(LeadId::new).toList();
    }

    /**
     * Of all that match; a page of them now, the others by {@link #next}. Answers how many match now.
     *
     * @throws io.siaran.rest.Refusal a 429 while {@link CrowdBounds#MOST_UNDER_WAY} are under way, or others are being dealt with for long
     */
    long ofAll(Tx tx, UserId user, SequenceId sequence, EnrolRequest.Filter filter) {
        CrowdBounds.requireRoom(tx, sequence);
        // Before the lock: to count a million takes seconds.
        long leads = count(tx, user, filter);
        CrowdBounds.lockSoon(tx, sequence);
        CrowdBounds.requireRoom(tx, sequence);
        UUID crowd = TimeOrderedId.v7(clock.instant(), random);
        tx.run(
                KEEP_CROWD,
                crowd,
                user.value(),
                sequence.value(),
                filter.niche(),
                filter.status(),
                filter.device(),
                filter.trigger());
        next(tx, crowd);
        return leads;
    }

    private static long count(Tx tx, UserId user, EnrolRequest.Filter filter) {
        return tx.run(COUNT, user.value(), filter.niche(), filter.status(), filter.device(), filter.trigger())
                .iterator()
                .next()
                .getLong("leads");
    }

    /** The next page of those that match a filter. Another instance at the same filter is waited for, and gone on after. */
    void next(Tx tx, UUID crowd) {
        tx.run(LOCK_CROWD, crowd);
        List<UUID> page = new ArrayList<>();
        Row last = null;
        for (Row row : tx.run(NEXT_OF_CROWD, crowd, MarkLeads.AT_ONCE)) {
            page.add(row.getUUID("lead_id"));
            last = row;
        }
        if (last != null) {
            ask(tx, new UserId(last.getString("user_id")), last.getUUID("sequence_id"), page);
        }
        if (page.size() == MarkLeads.AT_ONCE) {
            tx.run(GO_ON, crowd, page.getLast());
        } else {
            tx.run(END, crowd);
        }
    }

    private static void ask(Tx tx, UserId user, UUID sequence, List<UUID> leads) {
        UUID[] ids = leads.toArray(UUID[]::new);
        lockReviews(tx, user, ids);
        tx.run(REQUEST, ids, sequence);
    }

    /** Whoever asks for leads, or takes that back, does so after it: a review of them has ended, and the next begins after the commit. */
    static void lockReviews(Tx tx, UserId user, UUID[] leads) {
        tx.run(MARK, leads, user.value());
    }
}
