package io.siaran.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.SessionSettings;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the pools of this service are connected where an installation sets nothing, as PostgreSQL knows it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ShippedConnectionsTest {

    @Inject
    Pool engines;

    @Inject
    @ReactiveDataSource("reads")
    Pool reads;

    @Test
    void the_server_gives_a_session_up_that_vanished_and_breaks_off_what_lasts() {
        assertThat(settings(engines)).isEqualTo(SessionSettings.shipped("1min"));
    }

    @Test
    void what_callers_read_by_is_broken_off_sooner() {
        assertThat(settings(reads)).isEqualTo(SessionSettings.shipped("5s"));
    }

    private static Map<String, String> settings(Pool pool) {
        return SessionSettings.of(
                statement -> new Database(pool).run(statement).iterator().next().getString(0));
    }
}
