package io.siaran.dispatch.message;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.rest.Reads;
import io.siaran.rest.Refusal;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReadsTest {

    private static final int AS_MANY_AS_ITS_CONNECTIONS = 6;

    @Inject
    Reads reads;

    @Inject
    Database engines;

    @Test
    void who_reads_too_long_or_waits_too_long_to_read_is_told_to_come_again_and_no_engine_waits() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Given
            List<CompletableFuture<Refusal>> answers = IntStream.rangeClosed(1, AS_MANY_AS_ITS_CONNECTIONS + 2)
                    .mapToObj(nth -> CompletableFuture.supplyAsync(
                            () -> catchThrowableOfType(Refusal.class, () -> reads.run("SELECT pg_sleep(60)")), threads))
                    .toList();

            // When
            Instant asked = Instant.now();
            engines.run("SELECT 1");
            Duration took = Duration.between(asked, Instant.now());

            // Then
            assertThat(answers).noneMatch(CompletableFuture::isDone);
            assertThat(took).isLessThan(Duration.ofSeconds(4));
            for (CompletableFuture<Refusal> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(503);
                assertThat(answer.get().retryAfter()).isPresent();
            }
        }
    }

    @Test
    void who_reads_much_at_once_holds_up_no_other() {
        int answer = engines.inTransaction(tx -> {
            // Given
            tx.run("LOCK TABLE audit_entries IN ACCESS EXCLUSIVE MODE");
            for (int nth = 0; nth < 2 * AS_MANY_AS_ITS_CONNECTIONS; nth++) {
                Thread.ofVirtual().start(() -> get("aminah", "/api/v1/audit"));
            }
            await().until(() -> waiting() >= 3);

            // When
            return CompletableFuture.supplyAsync(() -> get("razak", "/api/v1/messages"))
                    .completeOnTimeout(0, 3, TimeUnit.SECONDS)
                    .join();
        });

        // Then
        assertThat(answer).isEqualTo(200);
    }

    /** How many wait for a lock. */
    private long waiting() {
        return engines.run("SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                .iterator()
                .next()
                .getLong("n");
    }

    private static int get(String user, String path) {
        return given().auth()
                .oauth2(TestServers.token(user, "viewer"))
                .get(path)
                .statusCode();
    }
}
