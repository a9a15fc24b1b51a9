package io.siaran.sql;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/**
 * Makes the pool {@code reads} of a service that has one: for what callers ask to see, so that however much they ask, no
 * engine waits for a connection. A statement that takes longer than {@code siaran.sql.read-timeout} is broken off, and who
 * finds too many waiting, or waits as long for a connection, fails at once.
 */
@Singleton
@ReactiveDataSource(ReadConnections.NAME)
class ReadConnections implements PgPoolCreator {

    static final String NAME = "reads";

    private static final int LONGEST_QUEUE = 64;

    private final Connections connections;
    private final ConnectionConfig config;

    ReadConnections(Connections connections, ConnectionConfig config) {
        this.connections = connections;
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        // By its name its metrics are told from those of the other pool: of two of one name the first alone is shown.
        input.poolOptions()
                .setName(NAME)
                .setMaxWaitQueueSize(LONGEST_QUEUE)
                .setConnectionTimeout((int) config.readTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return connections.create(input, config.readTimeout());
    }
}
