package io.siaran.e2e;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

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
        return Long.parseLong(text(query));
    }

    /** The one value that this query gives. */
    String text(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
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

    /** What somebody's session has, until it is closed. */
    interface Held extends AutoCloseable {

        @Override
        void close();
    }

    /** A session that holds this table for itself and does nothing else. */
    Held hold(String table) {
        try {
            Connection session = DriverManager.getConnection(url);
            session.setAutoCommit(false);
            session.createStatement().execute("LOCK TABLE %s IN ACCESS EXCLUSIVE MODE".formatted(table));
            return () -> end(session);
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** It is away for everybody: who is connected is not any more, and nobody can connect. */
    Held away() {
        String name = url.replaceAll(".*/|\\?.*", "");
        ServiceDatabase server = new ServiceDatabase(url.replace("/" + name, "/postgres"));
        server.run(
                "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name),
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'".formatted(name));
        return () -> server.run("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
    }

    private static void end(Connection session) {
        try {
            session.close();
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** A session that holds a lock and does nothing else, until it is closed. */
    final class Lock implements Held {

        private final Connection session;

        private Lock(String name) {
            try {
                session = DriverManager.getConnection(url);
                CompletableFuture<Void> taken =
                        CompletableFuture.runAsync(() -> take(name), Thread::startVirtualThread);
                String holders =
                        "SELECT count(pg_terminate_backend(holder)) FROM unnest(pg_blocking_pids(%d)) AS holder"
                                .formatted(session.unwrap(PGConnection.class).getBackendPID());
                await().until(() -> taken.isDone() || number(holders) < 0);
                taken.join();
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        }

        private void take(String name) {
            try (Statement statement = session.createStatement()) {
                statement.execute("SELECT pg_advisory_lock(hashtext('%s')::bigint)".formatted(name));
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        }

        @Override
        public void close() {
            end(session);
        }
    }

    /** Has somebody else hold that advisory lock; whoever does so now loses the connection. */
    Lock takeAway(String lock) {
        return new Lock(lock);
    }
}
