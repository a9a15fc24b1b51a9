package io.siaran.localstack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One PostgreSQL server over a data directory that is made at first use and kept. */
public final class LocalPostgres implements Postgres {

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

        /** What a server is told about it, and what every server of ours is told. */
        public Map<String, String> settings() {
            return Map.of(
                    "fsync", syncing,
                    "synchronous_commit", syncing,
                    "full_page_writes", syncing,
                    "max_connections", "200",
                    "timezone", "UTC");
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
        return start(data, port, durability, Map.of());
    }

    /** @param more settings of the server, which no {@code ALTER SYSTEM} changes */
    public static LocalPostgres start(Path data, int port, Durability durability, Map<String, String> more) {
        endLeftover(data);
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            return new LocalPostgres(launch(data, port, durability, more), data);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start on port " + port + " over " + data, e);
        }
    }

    /** Ends the server that a killed run left over that directory, if there is one. */
    public static void endLeftover(Path data) {
        PostmasterFile.of(data).endLeftover();
    }

    private static EmbeddedPostgres launch(Path data, int port, Durability durability, Map<String, String> more)
            throws IOException {
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("logging_collector", "on")
                .setServerConfig("log_filename", "postgresql.log")
                .setOutputRedirector(Redirect.DISCARD)
                .setErrorRedirector(Redirect.DISCARD);
        durability.settings().forEach(server::setServerConfig);
        more.forEach(server::setServerConfig);
        return server.start();
    }

    @Override
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
