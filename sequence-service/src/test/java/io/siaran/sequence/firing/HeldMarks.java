package io.siaran.sequence.firing;

import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Database;

/** While it is open, no step of any user can be marked fired: whoever would waits in the database. */
final class HeldMarks implements AutoCloseable {

    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('held marks'))";

    private final Database database;
    private final String user;
    private final Held held;

    private HeldMarks(Database database, String user, Held held) {
        this.database = database;
        this.user = user;
        this.held = held;
    }

    static HeldMarks of(Tenant tenant, Stage stage) throws Exception {
        Database database = stage.database();
        database.run("""
                CREATE OR REPLACE FUNCTION wait_for_held_marks() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  PERFORM pg_advisory_xact_lock_shared(hashtext('held marks'));
                  RETURN new;
                END
                $$
                """);
        database.run("CREATE OR REPLACE TRIGGER held_marks BEFORE UPDATE OF fired_at ON sequence_contacts"
                + " FOR EACH ROW EXECUTE FUNCTION wait_for_held_marks()");
        return new HeldMarks(database, tenant.user().value(), new Held(database, tx -> tx.run(LOCK)));
    }

    /** How many looks have leased steps of the tenant that are not marked: each says its own time. */
    long looks() {
        return count("DISTINCT lease_until", "fired_at IS NULL");
    }

    /** Steps of the tenant that are marked. */
    long fired() {
        return count("*", "fired_at IS NOT NULL");
    }

    private long count(String what, String condition) {
        return database.run(
                        "SELECT count(%s) FROM sequence_contacts WHERE user_id = $1 AND %s".formatted(what, condition),
                        user)
                .iterator()
                .next()
                .getLong(0);
    }

    /** Lets those who wait go on. */
    void release() throws Exception {
        held.close();
    }

    @Override
    public void close() throws Exception {
        release();
        database.run("DROP TRIGGER IF EXISTS held_marks ON sequence_contacts");
    }
}
