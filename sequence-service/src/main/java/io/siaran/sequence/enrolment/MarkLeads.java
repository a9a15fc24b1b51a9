package io.siaran.sequence.enrolment;

import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;

/** Has those reviewed whom a changed sequence or a deleted device concerns. Several instances may do so at once: marks are sets. */
@ApplicationScoped
class MarkLeads {

    /** Whoever changes a lead waits for the commit that marks it, and with it the news of every other lead. */
    private static final int AT_ONCE = 2_000;

    private static final String BEGIN = Sql.load(MarkLeads.class, "begin-marking.sql");
    private static final String UNDER_WAY =
            "SELECT sequence_id FROM sequence_reviews WHERE marked_to IS NOT NULL ORDER BY sequence_id";
    private static final String MARK_OF_SEQUENCE = Sql.load(MarkLeads.class, "mark-leads-of-changed-sequence.sql");
    private static final String MARK_OF_DEVICES = Sql.load(MarkLeads.class, "mark-leads-of-deleted-devices.sql");

    private final Database database;
    private final EnrolmentConfig config;

    MarkLeads(Database database, EnrolmentConfig config) {
        this.database = database;
        this.config = config;
    }

    /** Goes on where an instance that died had come to. */
    void mark() {
        database.run(MARK_OF_DEVICES, (double) config.deviceGrace().toSeconds());
        while (someOfEachSequence()) {
            // Sequences take turns: nobody waits for somebody else's million.
        }
    }

    private boolean someOfEachSequence() {
        database.run(BEGIN);
        RowSet<Row> underWay = database.run(UNDER_WAY);
        underWay.forEach(row -> database.run(MARK_OF_SEQUENCE, row.getUUID("sequence_id"), AT_ONCE));
        return underWay.size() > 0;
    }
}
