package io.siaran.sequence;

import io.siaran.sql.Database;

/** While it is open, every instance dies where it runs such a statement: the connection is lost there, by a trigger of the database. */
public final class Crash implements AutoCloseable {

    public static final String MESSAGE = "the connection is lost";

    private final Database database;
    private final String table;

    public Crash(Database database, String table, String statement) {
        this.database = database;
        this.table = table;
        database.run("CREATE OR REPLACE FUNCTION crash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE '" + MESSAGE
                + "' USING ERRCODE = 'connection_failure'; END $$");
        database.run("CREATE TRIGGER crash BEFORE " + statement + " ON " + table
                + " FOR EACH STATEMENT EXECUTE FUNCTION crash()");
    }

    @Override
    public void close() {
        database.run("DROP TRIGGER crash ON " + table);
    }
}
