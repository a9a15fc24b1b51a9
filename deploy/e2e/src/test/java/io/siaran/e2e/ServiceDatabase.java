package io.siaran.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What one service stores, in the hands of somebody who breaks it. */
final class ServiceDatabase {

    private final String url;

    /** @param url for JDBC */
    ServiceDatabase(String url) {
        this.url = url;
    }

    /** Statements, one after the other, each committed. */
    void run(String... statements) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** The number that this query gives. */
    long number(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /**
     * From now on rows that go into this table are refused with this SQLSTATE, as by a fault of theirs ({@code 22000}) or of the server
     * ({@code 53100}: its disk is full).
     *
     * @param of what of {@code NEW} says that it is one of those rows
     */
    void refuse(String table, String of, String sqlState) {
        run("""
                CREATE FUNCTION refuse_%1$s() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE 'a drill' USING ERRCODE = '%3$s'; END$$""".formatted(table, of, sqlState), """
                CREATE TRIGGER refuse_%1$s BEFORE INSERT ON %1$s FOR EACH ROW WHEN (%2$s)
                EXECUTE FUNCTION refuse_%1$s()""".formatted(table, of));
    }

    /** Ends {@link #refuse}. */
    void take(String table) {
        run("DROP FUNCTION refuse_%s CASCADE".formatted(table));
    }
}
