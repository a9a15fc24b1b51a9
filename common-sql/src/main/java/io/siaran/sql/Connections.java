package io.siaran.sql;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Every pooled connection of every service is made here, so that a machine that vanishes holds nothing up.
 *
 * <p>A service whose machine is gone: the server's keepalives find that out in 25 s, and what it sends unanswered in 20 s
 * ({@code tcp_user_timeout}); its locks, the relay's among them, are free then, and not after the two hours of the kernel's
 * default. A database whose machine is gone: its socket is closed after {@link ConnectionConfig#silence}, its callers fail
 * and the pool connects anew; left alone, TCP repeats itself for a quarter of an hour with every slot of the pool taken.
 *
 * <p>The connections keep every statement they have prepared. The driver by itself keeps none of 2,048 characters or more,
 * whatever the configuration says: the engines' own, run more than all others, were parsed and planned for each call.
 */
@Singleton
class Connections implements PgPoolCreator {

    private static final String NAME = "default";
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

    private final ConnectionConfig config;

    Connections(ConnectionConfig config) {
        if (config.silence().compareTo(config.statementTimeout()) <= 0) {
            throw new IllegalArgumentException("siaran.sql.silence has to be longer than siaran.sql.statement-timeout");
        }
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        input.poolOptions().setName(NAME);
        return create(input, config.statementTimeout());
    }

    /** A pool whose statements are broken off by the server after that long. */
    Pool create(Input input, Duration statementTimeout) {
        input.pgConnectOptionsList().forEach(options -> bound(options, statementTimeout));
        // Given back to nobody well before its silence would count: no caller gets one that is just being closed.
        PoolOptions pool = input.poolOptions()
                .setIdleTimeout((int) config.silence().dividedBy(2).toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(pool)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }

    private void bound(PgConnectOptions options, Duration statementTimeout) {
        options.setPreparedStatementCacheSqlFilter(_ -> true);
        options.setTcpKeepAlive(true);
        options.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        options.setReadIdleTimeout((int) config.silence().toMillis());
        Map.of(
                        "tcp_keepalives_idle",
                        "10",
                        "tcp_keepalives_interval",
                        "5",
                        "tcp_keepalives_count",
                        "3",
                        "tcp_user_timeout",
                        "20000",
                        "statement_timeout",
                        millis(statementTimeout),
                        "lock_timeout",
                        millis(config.lockTimeout()),
                        "idle_in_transaction_session_timeout",
                        millis(config.idleInTransactionTimeout()))
                .forEach(options::addProperty);
    }

    private static String millis(Duration limit) {
        return Long.toString(limit.toMillis());
    }
}
