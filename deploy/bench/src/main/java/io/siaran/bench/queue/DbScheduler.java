package io.siaran.bench.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.ds.PGPoolingDataSource;

/** db-scheduler with as many one-time tasks that do nothing: lock-and-fetch, its fastest polling. */
final class DbScheduler {

    /** Many more than the machine has cores, since its tasks only wait for the server. Not tuned further. */
    private static final int THREADS = 20;

    /** The tables of its documentation for PostgreSQL. */
    private static final String[] SCHEMA = {
        """
        CREATE TABLE IF NOT EXISTS scheduled_tasks (
          task_name text NOT NULL, task_instance text NOT NULL, task_data bytea, execution_time timestamptz NOT NULL,
          picked boolean NOT NULL, picked_by text, last_success timestamptz, last_failure timestamptz,
          consecutive_failures int, last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
          PRIMARY KEY (task_name, task_instance))""",
        "CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)"
    };

    private static final String SEED =
            "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                    + " SELECT 'nothing', n::text, now(), false, 1 FROM generate_series(1, %d) AS n";

    private final Rows rows;
    private final DataSource pool;

    DbScheduler(Arena arena, Connection connection) throws SQLException {
        this.rows = new Rows(connection);
        this.pool = pool(arena.postgres());
        rows.execute(SCHEMA);
    }

    @SuppressWarnings("deprecation") // The driver's own pool: enough for a benchmark, and no further library.
    private static DataSource pool(String address) {
        PGPoolingDataSource pool = new PGPoolingDataSource();
        pool.setURL("jdbc:postgresql://" + address + "/scheduler");
        pool.setUser("postgres");
        pool.setPassword("postgres");
        pool.setInitialConnections(THREADS);
        pool.setMaxConnections(THREADS + 5);
        return pool;
    }

    /** Tasks a second until none is left. */
    double run(int tasks) throws Exception {
        rows.execute(
                "TRUNCATE scheduled_tasks", SEED.formatted(tasks), "VACUUM (ANALYZE) scheduled_tasks", "CHECKPOINT");
        OneTimeTask<Void> nothing = Tasks.oneTime("nothing").execute((instance, context) -> {});
        Scheduler scheduler = Scheduler.create(pool, nothing)
                .threads(THREADS)
                .pollUsingLockAndFetch(1.0, 4.0)
                .pollingInterval(Duration.ofMillis(50))
                .build();
        long from = System.nanoTime();
        scheduler.start();
        Wait.until(
                "all tasks ran",
                () -> rows.number("SELECT count(*) FROM (SELECT FROM scheduled_tasks LIMIT 1) AS one") == 0);
        double seconds = (System.nanoTime() - from) / 1e9;
        scheduler.stop();
        return tasks / seconds;
    }
}
