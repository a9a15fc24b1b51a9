package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.journal.Housekeeping;
import io.siaran.localstack.TestServers;
import io.siaran.sql.Database;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WatchInboxTest {

    private static final String NOTHING_WAITS =
            "SELECT 0::bigint AS waiting, 0::bigint AS oldest_seconds, 0::bigint AS hidden, 0::bigint AS hidden_stops";

    @Inject
    Database database;

    @Inject
    Housekeeping housekeeping;

    private final MeterRegistry own = new SimpleMeterRegistry();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    @Test
    void an_inbox_that_nobody_can_look_into_ages_by_the_clock_though_nothing_was_found_in_it() {
        // Given
        WatchInbox watch = new WatchInbox(askedOr(failure), housekeeping, new CallbackMetrics(own));
        watch.watch();
        assertThat(oldest()).isZero();

        // When
        failure.set(new IllegalStateException("the database is away"));
        watch.watch();

        // Then
        double before = oldest();
        assertThat(before).isPositive();
        await().until(() -> oldest() > before);

        // When
        failure.set(null);
        watch.watch();

        // Then
        assertThat(oldest()).isZero();
    }

    private Database askedOr(AtomicReference<RuntimeException> failing) {
        return new Database(null) {
            @Override
            public RowSet<Row> run(String sql, Object... arguments) {
                RuntimeException away = failing.get();
                if (away != null) {
                    throw away;
                }
                return database.run(NOTHING_WAITS);
            }
        };
    }

    private double oldest() {
        return own.get("siaran.callback.inbox.oldest").gauge().value();
    }
}
