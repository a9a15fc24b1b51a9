package io.siaran.sequence.authoring;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One user reads sequences while the database is slow with their steps. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ReadingTurnsTest {

    /** As many as the pool has connections. */
    private static final int REQUESTS = 12;

    /**
     * Two have their turn; and as many may have one later where a busy machine takes so long to ask that the server breaks the first ones off,
     * as it does whoever waits for a lock for 20 s. What these are answered is not told here.
     */
    private static final int REFUSED_AT_LEAST = REQUESTS - 4;

    @Inject
    Stage stage;

    @Test
    void whatever_a_user_reads_the_engines_have_connections() throws Exception {
        // Given
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(challenge(1));
        String path = "/api/v1/sequences/" + fitness;
        List<CompletableFuture<Integer>> shown;

        // When
        try (Held _ = new Held(stage.database(), tx -> tx.run("LOCK TABLE sequence_steps IN ACCESS EXCLUSIVE MODE"))) {
            shown = asked(() -> toko.as("viewer").get(path).statusCode());
            asked(() -> toko.as("viewer")
                    .body(Map.of("name", "Ani"))
                    .post(path + "/simulate")
                    .statusCode());
            await().atMost(Duration.ofSeconds(35))
                    .untilAsserted(() -> assertThat(refused(shown)).isGreaterThanOrEqualTo(REFUSED_AT_LEAST));

            // Then
            CompletableFuture.supplyAsync(() -> stage.database().run("SELECT 1"), Thread::startVirtualThread)
                    .get(10, TimeUnit.SECONDS);
        }
        for (CompletableFuture<Integer> answer : shown) {
            answer.get(60, TimeUnit.SECONDS);
        }
        assertThat(toko.as("viewer").get(path).statusCode()).isEqualTo(200);
    }

    private static List<CompletableFuture<Integer>> asked(Supplier<Integer> request) {
        return Stream.generate(() -> CompletableFuture.supplyAsync(request, Thread::startVirtualThread))
                .limit(REQUESTS)
                .toList();
    }

    private static long refused(List<CompletableFuture<Integer>> answers) {
        return answers.stream().filter(answer -> answer.getNow(0) == 429).count();
    }
}
