package io.siaran.campaign.planning;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.as;
import static io.siaran.campaign.Cast.campaignBody;
import static io.siaran.campaign.Cast.lead;
import static io.siaran.campaign.Cast.operator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.Json;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many previews of one user, each of which takes long. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ManyPreviewsTest {

    private static final int AS_MANY_AS_THE_ENGINES_CONNECTIONS = 12;

    @Inject
    Cast cast;

    @Inject
    Database database;

    private final String aminah = Cast.newUser();
    private final String razak = Cast.newUser();

    @Test
    void who_plays_many_campaigns_at_once_holds_up_nobody_else() {
        // Given
        lead(aminah, cast.device(aminah), ANI);
        lead(razak, cast.device(razak), ANI);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Integer>> previews = database.inTransaction(tx -> {
                // What an audience is read from, and nothing that the others below touch.
                tx.run("LOCK TABLE written_people IN ACCESS EXCLUSIVE MODE");
                List<CompletableFuture<Integer>> held = Stream.generate(() -> in(threads, () -> preview(aminah)))
                        .limit(AS_MANY_AS_THE_ENGINES_CONNECTIONS)
                        .toList();
                await().until(() -> waiting(tx) >= 3);

                // When
                int optOut = inTime(in(threads, () -> optOut(razak, ANI)));
                int list = inTime(in(threads, () -> leads(razak)));

                // Then
                assertThat(optOut).as("an opt-out of another user").isEqualTo(201);
                assertThat(list).as("a list of another user").isEqualTo(200);
                return held;
            });
            assertThat(previews).extracting(CompletableFuture::join).containsOnly(200);
        }
    }

    private static <T> CompletableFuture<T> in(ExecutorService threads, Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    /** Whoever is held up would wait until the test lets the previews go on, after this. */
    private static int inTime(CompletableFuture<Integer> answer) {
        return answer.completeOnTimeout(0, 15, TimeUnit.SECONDS).join();
    }

    /** How many wait for the table. */
    private static long waiting(Tx tx) {
        return tx.run("SELECT count(*) AS n FROM pg_locks WHERE NOT granted AND relation = 'written_people'::regclass")
                .iterator()
                .next()
                .getLong("n");
    }

    private static int preview(String user) {
        return as(user, "viewer")
                .body(Json.write(campaignBody(Map.of())))
                .post("/api/v1/campaigns/preview")
                .statusCode();
    }

    private static int optOut(String user, String phone) {
        return operator(user)
                .body(Json.write(Map.of("phone", phone)))
                .post("/api/v1/suppressions")
                .statusCode();
    }

    private static int leads(String user) {
        return as(user, "viewer").get("/api/v1/leads?q=ani").statusCode();
    }
}
