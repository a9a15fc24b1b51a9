package io.siaran.gateway.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CountConditionsTest {

    private static final String ADD = """
            INSERT INTO devices (id, user_id, name, platform, base_url, credential, fingerprint, condition, status, status_since,
              status_reason, time_zone, anti_spam, next_check_at, version, deleted, created_at, updated_at)
            SELECT gen_random_uuid(), 'counted', 'device ' || n, 'wablas', 'https://counted.example', '\\x00',
              decode(md5('counted' || clock_timestamp() || n), 'hex'), $1::text, CASE WHEN $1::text = 'banned' THEN 'banned' ELSE 'offline' END,
              now(), 'played', 'Asia/Kuala_Lumpur', 'off', now() + interval '1 day', 1, $2::boolean, now(), now()
            FROM generate_series(1, $3::int) AS n
            """;

    @Inject
    Database database;

    @Inject
    MeterRegistry registry;

    @Inject
    CountConditions conditions;

    @BeforeEach
    @AfterEach
    void forgetThem() {
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
    void what_was_deleted_is_not_read_for_it() {
        // Given
        add("refused", true, 20_000);
        database.run("ANALYZE devices");

        // When
        String plan = StreamSupport.stream(
                        database.run("EXPLAIN " + CountConditions.COUNT).spliterator(), false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));

        // Then
        assertThat(plan).contains("devices_condition").doesNotContain("Seq Scan");
    }

    private void add(String condition, boolean deleted, int devices) {
        database.run(ADD, condition, deleted, devices);
    }

    private double shown(String state) {
        return registry.get("siaran.devices").tag("state", state).gauge().value();
    }
}
