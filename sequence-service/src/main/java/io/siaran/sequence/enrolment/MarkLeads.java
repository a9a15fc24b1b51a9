package io.siaran.sequence.enrolment;

import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Has those reviewed whom a changed sequence, a deleted device or a request for very many concerns. Several instances may do so at once:
 * marks are sets.
 */
@ApplicationScoped
class MarkLeads {

    /** Whoever changes a lead waits for the commit that marks it, and with it the news of every other lead. */
    static final int AT_ONCE = 2_000;

    private static final String BEGIN = Sql.load(MarkLeads.class, "begin-marking.sql");
    private static final String SEQUENCES =
            "SELECT sequence_id AS id FROM sequence_reviews WHERE marked_to IS NOT NULL ORDER BY sequence_id";
    private static final String MARK_OF_SEQUENCE = Sql.load(MarkLeads.class, "mark-leads-of-changed-sequence.sql");
    private static final String DEVICES = Sql.load(MarkLeads.class, "find-devices-to-mark.sql");
    private static final String MARK_OF_DEVICE = Sql.load(MarkLeads.class, "mark-leads-of-deleted-device.sql");
    private static final String CROWDS = "SELECT id FROM requested_crowds ORDER BY id";

    private final Database database;
    private final RequestEntries requests;
    private final EnrolmentConfig config;

    MarkLeads(Database database, RequestEntries requests, EnrolmentConfig config) {
        this.database = database;
        this.requests = requests;
        this.config = config;
    }

    /** Goes on where an instance that died had come to. */
    void mark() {
        while (someOfEach()) {
            // They take turns: nobody waits for somebody else's million.
        }
    }

    private boolean someOfEach() {
        database.run(BEGIN);
        boolean ofDevices = each(
                database.run(DEVICES, (double) config.deviceGrace().toSeconds()),
                device -> database.run(MARK_OF_DEVICE, device, AT_ONCE));
        boolean ofSequences =
                each(database.run(SEQUENCES), sequence -> database.run(MARK_OF_SEQUENCE, sequence, AT_ONCE));
        boolean ofCrowds =
                each(database.run(CROWDS), crowd -> database.doInTransaction(tx -> requests.next(tx, crowd)));
        return ofDevices || ofSequences || ofCrowds;
    }

    /** Answers whether there was any. */
    private static boolean each(RowSet<Row> found, Consumer<UUID> does) {
        found.forEach(row -> does.accept(row.getUUID("id")));
        return found.size() > 0;
    }
}
