package io.siaran.localstack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;

/** One PostgreSQL server over a data directory that is made at first use and kept. */
public final class LocalPostgres implements AutoCloseable {

    /** User and password of every local database (local connections are trusted, the password is for the drivers). */
    public static final String USER = "postgres";

    /** What a crash of the machine may cost. */
    public enum Durability {
        /** What was committed survives: as in production, and in every crash test and benchmark. */
        DURABLE("on"),
        /** Fast and forgetful: for tests that throw the data away. */
        FORGETFUL("off");

        private final String syncing;

        Durability(String syncing) {
            this.syncing = syncing;
        }
    }

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;
    private final Path data;

    private LocalPostgres(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /**
     * Starts the server and returns when it answers. A postmaster that a killed run left on the same directory is
     * ended first; the server itself repairs what that run was writing.
     */
    public static LocalPostgres start(Path data, int port, Durability durability) {
        endLeftover(data);
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            return new LocalPostgres(launch(data, port, durability), data);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start on port " + port + " over " + data, e);
        }
    }

    /** Ends the server that a killed run left over that directory, if there is one. */
    public static void endLeftover(Path data) {
        PostmasterFile.of(data).endLeftover();
    }

    private static EmbeddedPostgres launch(Path data, int port, Durability durability) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setServerConfig("fsync", durability.syncing)
                .setServerConfig("synchronous_commit", durability.syncing)
                .setServerConfig("full_page_writes", durability.syncing)
                .setServerConfig("max_connections", "200")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("timezone", "UTC")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_filename", "postgresql.log")
                .setOutputRedirector(Redirect.DISCARD)
                .setErrorRedirector(Redirect.DISCARD)
                .start();
    }

    /** Creates those of the databases that are not there yet. */
    public void createDatabases(Collection<String> names) {
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            for (String name : names) {
                if (!exists(connection, name)) {
                    create(connection, name);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the databases " + names, e);
        }
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, name);
            return query.executeQuery().next();
        }
    }

    private static void create(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        }
    }

    /** A new connection to one database. */
    public Connection connect(String database) throws SQLException {
        return server.getDatabase(USER, database).getConnection();
    }

    /** {@code host:port}, as the services are configured. */
    public String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** The postmaster, for the launcher's records. */
    public ProcessIdentity process() {
        return PostmasterFile.of(data)
                .writer()
                .orElseThrow(() -> new IllegalStateException("the server over " + data + " is gone"));
    }

    /** Stops the server; open connections are closed, what was committed stays. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL over " + data + " did not stop", e);
        }
    }
}
