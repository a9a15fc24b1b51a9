package io.siaran.sequence.enrolment;

import io.siaran.kafka.Outbox;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Lets in and takes out the leads that are up for review. Several instances share the work: each takes leads that no
 * other has, and whoever changes a lead under review waits for its end and has it reviewed again.
 */
@ApplicationScoped
public class ReviewLeads {

    private static final String MARK_OF_SEQUENCES = Sql.load(ReviewLeads.class, "mark-leads-of-changed-sequences.sql");
    private static final String TAKE = Sql.load(ReviewLeads.class, "take-reviews.sql");

    private final Database database;
    private final Outbox outbox;
    private final Entering entering;
    private final Leaving leaving;
    private final int batch;

    ReviewLeads(Database database, Outbox outbox, Entering entering, Leaving leaving, EnrolmentConfig config) {
        this.database = database;
        this.outbox = outbox;
        this.entering = entering;
        this.leaving = leaving;
        this.batch = config.batchSize();
    }

    /** Until nobody is up for review. Blocks: not for event loops. */
    public void run() {
        database.run(MARK_OF_SEQUENCES);
        int reviewed;
        do {
            reviewed = database.inTransaction(this::reviewBatch);
            outbox.wake();
        } while (reviewed == batch);
    }

    private int reviewBatch(Tx tx) {
        List<UUID> leads = new ArrayList<>(batch);
        for (Row row : tx.run(TAKE, batch)) {
            leads.add(row.getUUID("lead_id"));
        }
        if (!leads.isEmpty()) {
            UUID[] ids = leads.toArray(UUID[]::new);
            leaving.whoLostTheirCause(tx, ids);
            entering.enter(tx, ids);
        }
        return leads.size();
    }
}
