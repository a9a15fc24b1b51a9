package io.siaran.localstack.container;

import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Postgres;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;

/** PostgreSQL in a container. */
public final class PostgresContainer implements Postgres {

    /** As deploy/compose has it. */
    static final String IMAGE = "docker.io/library/postgres:17.6";

    private static final int INSIDE = 5432;
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long AGAIN_MILLIS = 100;

    private final GenericContainer<?> container;
    private final int port;

    private PostgresContainer(GenericContainer<?> container, int port) {
        this.container = container;
        this.port = port;
    }

    /** Starts it and returns when it answers; {@code -Dstack.postgres} names another image. */
    public static PostgresContainer start(int port, Durability durability) {
        GenericContainer<?> container = ContainerEngine.container(
                        System.getProperty("stack.postgres", IMAGE), port, INSIDE)
                .withEnv(Map.of("POSTGRES_USER", USER, "POSTGRES_PASSWORD", USER))
                .withCommand(command(durability));
        PostgresContainer started = new PostgresContainer(container, port);
        container.start();
        started.awaitConnections();
        return started;
    }

    private static String[] command(Durability durability) {
        List<String> words = new ArrayList<>(List.of("postgres"));
        durability.settings().forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return words.toArray(String[]::new);
    }

    /** The image's first start makes the databases with a server of its own, whose log looks like that of the real one. */
    private void awaitConnections() {
        Instant end = Instant.now().plus(START_LIMIT);
        while (true) {
            try {
                connect(USER).close();
                return;
            } catch (SQLException notYet) {
                if (Instant.now().isAfter(end)) {
                    close();
                    throw new IllegalStateException("PostgreSQL in a container does not answer", notYet);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        container.stop();
    }
}
