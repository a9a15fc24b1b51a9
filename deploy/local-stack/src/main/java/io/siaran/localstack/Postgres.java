package io.siaran.localstack;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import org.postgresql.ds.PGSimpleDataSource;

/** One PostgreSQL server, which answers until it is closed. */
public interface Postgres extends AutoCloseable {

    /** User and password of every local database (local connections are trusted, the password is for the drivers). */
    String USER = "postgres";

    /** {@code host:port}, as the services are configured. */
    String address();

    @Override
    void close();

    /** Creates those of the databases that are not there yet. */
    default void createDatabases(Collection<String> names) {
        try (Connection connection = connect(USER)) {
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
    default Connection connect(String database) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://%s/%s".formatted(address(), database));
        source.setUser(USER);
        source.setPassword(USER);
        return source.getConnection();
    }
}
