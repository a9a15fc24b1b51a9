package io.siaran.dispatch.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Stage;
import io.siaran.localstack.RowsRead;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.siaran.sql.Sql;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** 10,000 devices of 500 tenants, of which nobody pays for another's. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ForeignDevicesTest {

    private static final String OPEN = Sql.load(OpenMessagesResource.class, "open-messages.sql");
    private static final String LINES = Sql.load(DeviceLines.class, "device-lines.sql");
    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID[] ALL = null;

    /** Of 20 devices: an entry of an index and a row for each and for its counts, and what bounds the months that are looked at. */
    private static final long ROWS = 100;

    private static final long DEVICES = 20;

    @Inject
    Stage stage;

    @Inject
    Database database;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        stage.rows("INSERT INTO device_queue (device_id, user_id, status, version)"
                + " SELECT gen_random_uuid(), 'tenant-' || n % 500, 'online', 1 FROM generate_series(1, 10000) AS n");
        stage.rows(
                "INSERT INTO device_counts (device_id, user_id, pending, processing, sent, failed, cancelled, unknown)"
                        + " SELECT device_id, user_id, 7, 0, 9, 0, 0, 0 FROM device_queue");
        stage.rows("ANALYZE device_queue, device_counts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void what_is_open_costs_what_the_devices_of_the_tenant_cost(String planning) {
        assertThat(rows(planning, OPEN, "tenant-7", null)).isBetween(DEVICES, ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
    void the_lines_of_devices_cost_what_those_of_the_tenant_cost(String planning) {
        assertThat(rows(planning, LINES, "tenant-7", FIRST, 51, ALL)).isBetween(DEVICES, ROWS);
    }

    private long rows(String planning, String sql, Object... arguments) {
        return database.inTransaction(tx -> {
            tx.run("SELECT set_config('plan_cache_mode', $1, true)", planning);
            return RowsRead.by(
                    explain -> tx.run(explain, arguments)
                            .iterator()
                            .next()
                            .getValue(0)
                            .toString(),
                    sql);
        });
    }
}
