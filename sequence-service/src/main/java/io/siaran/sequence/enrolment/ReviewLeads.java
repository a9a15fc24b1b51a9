package io.siaran.sequence.enrolment;

import io.siaran.kafka.Writes;
import io.siaran.sequence.batch.Batches;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.PassingFault;
import io.siaran.sequence.batch.SetAside;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Lets in and takes out the leads that are up for review. Several instances share the work: each takes leads that no
 * other has, and whoever changes a lead under review waits for its end and has it reviewed again. A lead whose review
 * fails is set aside, and the others go on.
 */
@ApplicationScoped
public class ReviewLeads {

    private static final Logger LOG = Logger.getLogger(ReviewLeads.class);
    private static final String FOLLOW_PHONES = Sql.load(ReviewLeads.class, "follow-phones.sql");

    private final Writes writes;
    private final MarkLeads markLeads;
    private final EnrolLeads enrolLeads;
    private final EndEnrolments endEnrolments;
    private final SetAside setAside;
    private final EnrolmentConfig config;

    /** Of each rank the user who came last in this instance. */
    private final Map<ReviewRank, String> cameLast = new ConcurrentHashMap<>();

    ReviewLeads(
            Writes writes,
            MarkLeads markLeads,
            EnrolLeads enrolLeads,
            EndEnrolments endEnrolments,
            SetAside setAside,
            EnrolmentConfig config) {
        this.writes = writes;
        this.markLeads = markLeads;
        this.enrolLeads = enrolLeads;
        this.endEnrolments = endEnrolments;
        this.setAside = setAside;
        this.config = config;
    }

    /** Has those reviewed whom a changed sequence, a deleted device or a request for very many concerns. Blocks: not for event loops. */
    public void mark() {
        markLeads.mark();
    }

    /** Until nobody is up for review. Blocks: not for event loops. */
    public void run() {
        while (turn() > 0) {
            // Somebody more may have come.
        }
    }

    /**
     * A batch, by rank; a tenth of one are of each, so that nobody waits for ever behind very many who are before. Each rank has
     * transactions of its own: a lead at fault is searched for among few, and slows down only those who wait as it does. A rank in which
     * row after row fails ends its turn, and those after it have theirs. Answers how many leads were looked at in the others.
     *
     * @throws RuntimeException when the database is away; or when nobody was looked at and a rank failed, for then going on leads nowhere
     */
    int turn() {
        int done = 0;
        RuntimeException failed = null;
        for (ReviewRank rank : ReviewRank.values()) {
            try {
                done += Batches.some(most(config.batchSize(), done), size -> review(rank, size), setAside::review);
            } catch (RuntimeException failure) {
                if (PassingFault.is(failure)) {
                    throw failure;
                }
                LOG.warnf("reviews of a rank fail one after the other rank=%s failure=%s", rank, failure.toString());
                failed = failure;
            }
        }
        if (done == 0 && failed != null) {
            throw failed;
        }
        return done;
    }

    /** How many of a rank come in a turn after so many of those before. */
    static int most(int size, int before) {
        return Math.max(size - before, size / 10);
    }

    private int review(ReviewRank rank, int size) {
        TakenReviews taken = writes.inTransaction(tx -> review(tx, rank, size));
        // After the commit: a batch that failed is repeated with the same users.
        cameLast.put(rank, taken.cameLast());
        return taken.leads().size();
    }

    private TakenReviews review(Tx tx, ReviewRank rank, int size) {
        TakenReviews taken = TakenReviews.of(tx, rank, size, cameLast.getOrDefault(rank, TakenReviews.NOBODY));
        try {
            review(tx, taken.leads());
        } catch (FaultyRow faulty) {
            // A turn of its user, as any other: where very many are at fault the others come in between.
            cameLast.put(rank, taken.cameLast());
            throw faulty;
        }
        return taken;
    }

    private void review(Tx tx, List<UUID> leads) {
        if (leads.isEmpty()) {
            return;
        }
        UUID[] ids = leads.toArray(UUID[]::new);
        try {
            endEnrolments.ofLeadsWithoutCause(tx, ids);
            tx.run(FOLLOW_PHONES, (Object) ids);
            enrolLeads.enrol(tx, ids);
        } catch (RuntimeException failure) {
            throw leads.size() == 1 ? FaultyRow.of(leads.getFirst(), failure) : failure;
        }
    }
}
