package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.inject.Vetoed;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CountConditionsTest {

    private static final Logger LOG = Logger.getLogger(CountConditions.class.getName());

    private static final String ADD = """
            INSERT INTO devices (id, user_id, name, platform, base_url, credential, fingerprint, condition, status, status_since,
              status_reason, time_zone, anti_spam, next_check_at, version, deleted, created_at, updated_at)
            SELECT gen_random_uuid(), 'counted', 'device ' || n, 'wablas', 'https://counted.example', '\\x00',
              decode(md5('counted' || clock_timestamp() || n), 'hex'), $1::text, CASE WHEN $1::text = 'banned' THEN 'banned' ELSE 'offline' END,
              now(), 'played', 'Asia/Kuala_Lumpur', 'off', now() + interval '1 day', 1, $2::boolean, now(), now()
            FROM generate_series(1, $3::int) AS n
            """;

    /** Whose looks nobody else has: that of the application is about at any time. */
    private final MeterRegistry registry = new SimpleMeterRegistry();

    private final List<LogRecord> told = new CopyOnWriteArrayList<>();
    private final Handler listener = new Listener();

    @Inject
    Pool pool;

    private DatabaseThatMayBeAway database;
    private CountConditions conditions;

    @BeforeEach
    void begin() {
        database = new DatabaseThatMayBeAway(pool);
        conditions = new CountConditions(database, registry);
        forgetThem();
        // The tests of this module hear errors alone otherwise.
        LOG.setLevel(Level.WARNING);
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void forgetThem() {
        LOG.setLevel(null);
        Logger.getLogger("").removeHandler(listener);
        database.isAway = false;
        database.run("DELETE FROM devices WHERE user_id = 'counted'");
    }

    @Test
    void devices_are_shown_by_what_is_known_of_them_and_deleted_ones_are_not() {
        // Given
        conditions.count();
        double restricted = shown("restricted");
        double banned = shown("banned");

        // When
        add("restricted", false, 3);
        add("banned", false, 2);
        add("banned", true, 5);
        conditions.count();

        // Then
        assertThat(shown("restricted")).isEqualTo(restricted + 3);
        assertThat(shown("banned")).isEqualTo(banned + 2);
        forgetThem();
        conditions.count();
        assertThat(shown("restricted")).isEqualTo(restricted);
        assertThat(registry.find("siaran.devices").gauges()).hasSameSizeAs(DeviceCondition.values());
    }

    @Test
    void nobody_knows_before_the_first_look_and_after_two_that_failed() {
        // Given
        add("banned", false, 2);
        double beforeTheFirst = shown("banned");
        conditions.look();
        double counted = shown("banned");

        // When
        database.isAway = true;
        conditions.look();
        double afterOneFailure = shown("banned");
        conditions.look();
        double afterTwo = shown("banned");
        conditions.look();
        int timesTold = told.size();
        database.isAway = false;
        conditions.look();
        double again = shown("banned");
        database.isAway = true;
        conditions.look();

        // Then
        assertThat(beforeTheFirst).isNaN();
        assertThat(counted).isGreaterThanOrEqualTo(2);
        assertThat(afterOneFailure).isEqualTo(counted);
        assertThat(afterTwo).isNaN();
        assertThat(timesTold).isEqualTo(1);
        assertThat(again).isGreaterThanOrEqualTo(2);
        assertThat(told).hasSize(2).allMatch(line -> line.getLevel().intValue() == Level.WARNING.intValue());
    }

    @Test
    void what_was_deleted_is_not_read_for_it() {
        // Given
        add("refused", true, 20_000);
        try {
            database.run("ANALYZE devices");

            // When
            String plan = StreamSupport.stream(
                            database.run("EXPLAIN " + CountConditions.COUNT).spliterator(), false)
                    .map(row -> row.getString(0))
                    .collect(Collectors.joining("\n"));

            // Then
            assertThat(plan).contains("devices_condition").doesNotContain("Seq Scan");
        } finally {
            // The plans of other tests are those of few devices.
            forgetThem();
            database.run("VACUUM ANALYZE devices");
        }
    }

    private void add(String condition, boolean deleted, int devices) {
        database.run(ADD, condition, deleted, devices);
    }

    private double shown(String state) {
        return registry.get("siaran.devices").tag("state", state).gauge().value();
    }

    /** No bean: the application has one already. */
    @Vetoed
    private static final class DatabaseThatMayBeAway extends Database {

        private volatile boolean isAway;

        DatabaseThatMayBeAway(Pool pool) {
            super(pool);
        }

        @Override
        public RowSet<Row> run(String sql, Object... arguments) {
            if (isAway) {
                throw new IllegalStateException("away");
            }
            return super.run(sql, arguments);
        }
    }

    private final class Listener extends Handler {

        @Override
        public void publish(LogRecord line) {
            if (CountConditions.class.getName().equals(line.getLoggerName())) {
                told.add(line);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
