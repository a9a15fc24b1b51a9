package io.siaran.sequence.enrolment;

import io.siaran.kafka.Writes;
import io.siaran.sequence.batch.Batches;
import io.siaran.sequence.batch.FaultyRow;
import io.siaran.sequence.batch.SetAside;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Lets in and takes out the leads that are up for review. Several instances share the work: each takes leads that no
 * other has, and whoever changes a lead under review waits for its end and has it reviewed again. A lead whose review
 * fails by its data is set aside, and the others go on.
 */
@ApplicationScoped
public class ReviewLeads {

    private static final String FOLLOW_PHONES = Sql.load(ReviewLeads.class, "follow-phones.sql");
    private static final String TAKE = Sql.load(ReviewLeads.class, "take-reviews.sql");

    private final Writes writes;
    private final MarkLeads markLeads;
    private final EnrolLeads enrolLeads;
    private final EndEnrolments endEnrolments;
    private final SetAside setAside;
    private final EnrolmentConfig config;

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
        Batches.run(
                config.batchSize(),
                size -> writes.inTransaction(tx -> review(tx, size)) == 0 ? 0 : size,
                setAside::review);
    }

    private int review(Tx tx, int size) {
        List<UUID> leads = take(tx, size);
        if (!leads.isEmpty()) {
            review(tx, leads);
        }
        return leads.size();
    }

    /** By rank; a tenth are of each, so that nobody waits for ever behind very many who are before. */
    static List<UUID> take(Tx tx, int size) {
        List<UUID> leads = new ArrayList<>(size);
        for (ReviewRank rank : ReviewRank.values()) {
            int most = Math.max(size - leads.size(), size / 10);
            tx.run(TAKE, rank.number(), most).forEach(row -> leads.add(row.getUUID("lead_id")));
        }
        return leads;
    }

    private void review(Tx tx, List<UUID> leads) {
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
