package io.siaran.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Postgres;
import io.siaran.localstack.Servers;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, and behind a line that falls silent as that of a machine which vanishes. */
class ConnectionsTest {

    @TempDir
    static Path directory;

    private static Postgres postgres;
    private static Vertx vertx;

    private Pool pool;

    @BeforeAll
    static void start() {
        postgres = Servers.ofThisRun()
                .postgres(directory.resolve("postgres"), Ports.free(1).getFirst(), Durability.FORGETFUL);
        postgres.createDatabases(List.of("test"));
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @AfterEach
    void close() {
        if (pool != null) {
            pool.close().await().atMost(Duration.ofSeconds(5));
        }
    }

    @Test
    void the_server_drops_a_client_that_vanished_and_breaks_off_what_takes_too_long() {
        pool = pool(port(), new Limits(60_000, 20_000, 30_000, 75_000));

        assertThat(setting("tcp_keepalives_idle")).isEqualTo("10");
        assertThat(setting("tcp_keepalives_interval")).isEqualTo("5");
        assertThat(setting("tcp_keepalives_count")).isEqualTo("3");
        assertThat(setting("tcp_user_timeout")).isEqualTo("20000");
        assertThat(setting("idle_in_transaction_session_timeout")).isEqualTo("30s");
        assertThat(setting("lock_timeout")).isEqualTo("20s");
        assertThat(setting("statement_timeout")).isEqualTo("1min");
    }

    @Test
    void a_session_that_falls_silent_in_a_transaction_gives_its_locks_back() {
        pool = pool(port(), new Limits(60_000, 20_000, 1_500, 75_000));
        Database database = new Database(pool);
        CompletableFuture<Void> holdsTheLock = new CompletableFuture<>();
        CompletableFuture<Void> silent = CompletableFuture.runAsync(() -> database.doInTransaction(tx -> {
            tx.run("SELECT pg_advisory_xact_lock(7)");
            holdsTheLock.complete(null);
            pause(Duration.ofSeconds(8));
            tx.run("SELECT 1");
        }));
        holdsTheLock.orTimeout(10, TimeUnit.SECONDS).join();

        long begun = System.nanoTime();
        database.doInTransaction(tx -> tx.run("SELECT pg_advisory_xact_lock(7)"));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(7));
        assertThatThrownBy(silent::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void a_statement_that_waits_for_a_lock_or_works_too_long_is_broken_off() {
        pool = pool(port(), new Limits(2_000, 200, 30_000, 75_000));
        Database database = new Database(pool);

        assertThatThrownBy(() -> database.run("SELECT pg_sleep(5)")).hasMessageContaining("statement timeout");
        assertThatThrownBy(() -> database.doInTransaction(tx -> {
                    tx.run("SELECT pg_advisory_xact_lock(8)");
                    database.run("SELECT pg_advisory_xact_lock(8)");
                }))
                .hasMessageContaining("lock timeout");
    }

    @Test
    void a_server_that_vanishes_frees_its_callers_and_the_slots_of_the_pool() {
        try (SilentLine line = SilentLine.to(port())) {
            pool = pool(line.port(), new Limits(500, 100, 30_000, 3_000));
            Database database = new Database(pool);
            database.run("SELECT 1");
            line.fallSilent();

            assertThat(CompletableFuture.runAsync(() -> database.run("SELECT 1")))
                    .failsWithin(20, TimeUnit.SECONDS);

            line.speakAgain();
            assertThat(database.run("SELECT 1").rowCount()).isEqualTo(1);
        }
    }

    @Test
    void an_idle_pool_gives_a_connection_up_before_its_silence_closes_it() throws InterruptedException {
        pool = pool(port(), new Limits(500, 100, 30_000, 8_000));
        new Database(pool).run("SELECT 1");

        long begun = System.nanoTime();
        while (pool.size() > 0) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(7_500));
            Thread.sleep(50);
        }
    }

    @Test
    void a_silence_no_longer_than_a_statement_is_refused() {
        assertThatThrownBy(() -> new Connections(new Limits(60_000, 20_000, 30_000, 60_000)))
                .hasMessageContaining("siaran.sql.silence");
    }

    private String setting(String name) {
        return new Database(pool).run("SHOW " + name).iterator().next().getString(0);
    }

    private static int port() {
        return Integer.parseInt(postgres.address().replaceAll(".*:", ""));
    }

    private static Pool pool(int port, ConnectionConfig limits) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setUser(Postgres.USER)
                .setPassword(Postgres.USER)
                .setDatabase("test");
        PoolOptions pooled = new PoolOptions().setMaxSize(2).setPoolCleanerPeriod(50);
        return Pool.newInstance(new Connections(limits).create(new Asked(vertx, pooled, List.of(options))));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ending) {
            throw new IllegalStateException(ending);
        }
    }

    private record Asked(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}

    /** In milliseconds. */
    private record Limits(long statement, long lock, long idle, long silent) implements ConnectionConfig {

        @Override
        public Duration statementTimeout() {
            return Duration.ofMillis(statement);
        }

        @Override
        public Duration readTimeout() {
            return statementTimeout();
        }

        @Override
        public Duration lockTimeout() {
            return Duration.ofMillis(lock);
        }

        @Override
        public Duration idleInTransactionTimeout() {
            return Duration.ofMillis(idle);
        }

        @Override
        public Duration silence() {
            return Duration.ofMillis(silent);
        }
    }
}
