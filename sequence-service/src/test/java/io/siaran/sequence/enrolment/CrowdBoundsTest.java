package io.siaran.sequence.enrolment;

import static io.siaran.sequence.Fitness.challenge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.siaran.localstack.TestServers;
import io.siaran.model.SequenceId;
import io.siaran.sequence.Held;
import io.siaran.sequence.Stage;
import io.siaran.sequence.Tenant;
import io.siaran.sql.Database;
import io.siaran.sql.Tx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many filters ask leads into a sequence at once, and how many others each of them leaves out: of 2,500 leads one asks 2,000 at once. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CrowdBoundsTest {

    private static final Map<String, ?> EVERYBODY = Map.of();

    @Inject
    Stage stage;

    @Inject
    ReviewLeads reviews;

    @Inject
    RequestEntries requests;

    @Inject
    @ReactiveDataSource("reads")
    Pool reads;

    private Tenant toko;
    private SequenceId fitness;

    @BeforeEach
    void aSequenceForVeryMany() {
        stage.pass();
        toko = stage.tenant();
        run(
                "INSERT INTO leads (id, user_id, device_id, phone, niches, target_status, attributes, version, deleted)"
                        + " SELECT md5($1 || i)::uuid, $1, '" + toko.merah()
                        + "', (60150000000 + i)::text, '{fitness}', 'prospect', '{}', 1, false FROM generate_series(1, 2500) i");
        fitness = toko.sequence(challenge(1));
    }

    @AfterEach
    void theCrowdIsGone() {
        run("DELETE FROM requested_entries WHERE lead_id IN (SELECT id FROM leads WHERE user_id = $1)");
        List.of("requested_crowds", "sequence_contacts", "enrolments", "lead_reviews", "leads")
                .forEach(table -> run("DELETE FROM " + table + " WHERE user_id = $1"));
    }

    @Test
    void a_21st_filter_is_refused_until_one_of_20_that_are_under_way_has_asked_all_of_its() {
        // Given
        for (int n = 0; n < 20; n++) {
            ask(fitness).then().statusCode(202);
        }

        // When
        Response answer = ask(fitness);

        // Then
        answer.then()
                .statusCode(429)
                .header("Retry-After", "15")
                .body("code", equalTo("too_many_requests"))
                .body("detail", startsWith("20 filters"))
                .body("detail", containsString("take-out"));
        assertThat(crowds()).isEqualTo(20);
        ask(toko.sequence(challenge(1))).then().statusCode(202);
        reviews.mark();
        ask(fitness).then().statusCode(202);
    }

    @Test
    void two_filters_at_once_are_not_more_than_20_together() throws Exception {
        // Given
        underWay(19);

        // When
        Response second = during(
                tx -> requests.ofAll(tx, toko.user(), fitness, new EnrolRequest.Filter(null, null, null, null)),
                () -> ask(fitness));

        // Then
        second.then().statusCode(429);
        assertThat(crowds()).isEqualTo(20);
    }

    /** Each that waits for the lock of the sequence's filters has a connection of the engines. */
    @Test
    void twelve_filters_of_one_user_at_once_leave_the_engines_their_connections() throws Exception {
        // Given
        AtomicInteger most = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                Held _ = new Held(stage.database(), tx -> CrowdBounds.lock(tx, fitness))) {
            // When
            List<CompletableFuture<Response>> answers = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> ask(fitness), threads))
                    .limit(12)
                    .toList();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                most.accumulateAndGet(waitForTheLock(), Math::max);
                return answers.stream().allMatch(CompletableFuture::isDone);
            });

            // Then
            assertThat(most.get()).isEqualTo(1);
            assertThat(answers)
                    .allSatisfy(answer -> answer.get().then().statusCode(429).header("Retry-After", "5"));
        }
        ask(fitness).then().statusCode(202);
    }

    /** Asked by another pool: it answers also where the engines have no connection left. */
    private int waitForTheLock() {
        return new Database(reads)
                .run("SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'")
                .rowCount();
    }

    @Test
    void a_filter_that_is_refused_counts_nobody() {
        // Given
        underWay(20);
        stage.database().run("ALTER FUNCTION lead_matches RENAME TO lead_matches_away");

        // When
        Response answer;
        try {
            answer = ask(fitness);
        } finally {
            stage.database().run("ALTER FUNCTION lead_matches_away RENAME TO lead_matches");
        }

        // Then
        answer.then().statusCode(429).header("Retry-After", "15");
    }

    @Test
    void a_21st_that_is_left_out_ends_the_filter_so_that_nobody_who_is_to_be_out_is_asked_in() {
        // Given
        ask(fitness).then().statusCode(202);
        reviews.run();
        customers(0, 100);
        customers(2_000, 200);
        for (int n = 1; n <= 20; n++) {
            takeOut(Map.of("niche", "niche" + n)).then().statusCode(200).body("ended_requests", equalTo(0));
        }

        // When
        Response answer = takeOut(Map.of("target_status", "customer"));

        // Then
        answer.then()
                .statusCode(200)
                .body("taken_out", equalTo(100))
                .body("more", equalTo(false))
                .body("ended_requests", equalTo(1));
        reviews.mark();
        reviews.run();
        assertThat(inside()).isEqualTo(1_900);
        assertThat(crowds()).isZero();
    }

    @Test
    void one_that_is_left_out_already_ends_nothing() {
        // Given
        ask(fitness).then().statusCode(202);
        for (int n = 1; n <= 20; n++) {
            takeOut(Map.of("niche", "niche" + n));
        }

        // When
        Response answer = takeOut(Map.of("niche", "niche7"));

        // Then
        answer.then().statusCode(200).body("ended_requests", equalTo(0));
        assertThat(crowds()).isEqualTo(1);
    }

    @Test
    void two_that_are_left_out_at_once_are_not_more_than_20_together() throws Exception {
        // Given
        ask(fitness).then().statusCode(202);
        for (int n = 1; n <= 19; n++) {
            takeOut(Map.of("niche", "niche" + n));
        }
        EnrolRequest yoga = new EnrolRequest(null, new EnrolRequest.Filter("yoga", null, null, null));

        // When
        Response second = during(
                tx -> EndedRequests.of(tx, toko.user(), fitness, yoga, 500), () -> takeOut(Map.of("niche", "travel")));

        // Then
        second.then().statusCode(200).body("ended_requests", equalTo(1));
        assertThat(crowds()).isZero();
    }

    /** What is answered to a request that comes while another instance's transaction has done that and does not commit until the request waits. */
    private Response during(Consumer<Tx> other, Supplier<Response> request) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Response> answer;
            try (Held _ = new Held(stage.database(), other)) {
                answer = CompletableFuture.supplyAsync(request, threads);
                await().until(() -> answer.isDone() || somebodyWaits());
            }
            return answer.get(30, TimeUnit.SECONDS);
        }
    }

    private boolean somebodyWaits() {
        return stage.database()
                        .run(
                                "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                        .rowCount()
                > 0;
    }

    /** As if so many had been asked with and had not come to an end. */
    private void underWay(int filters) {
        stage.database()
                .run(
                        "INSERT INTO requested_crowds (id, user_id, sequence_id)"
                                + " SELECT gen_random_uuid(), $1, $2 FROM generate_series(1, $3::integer)",
                        toko.user().value(),
                        fitness.value(),
                        filters);
    }

    private Response ask(SequenceId sequence) {
        return toko.as("operator")
                .body(Map.of("filter", EVERYBODY))
                .post("/api/v1/sequences/" + sequence + "/contacts");
    }

    private Response takeOut(Map<String, ?> filter) {
        return toko.as("operator")
                .body(Map.of("filter", filter))
                .post("/api/v1/sequences/" + fitness + "/contacts/take-out");
    }

    /** In the order in which they are asked, so many after so many. */
    private void customers(int after, int many) {
        stage.database()
                .run(
                        "UPDATE leads SET target_status = 'customer' WHERE id IN"
                                + " (SELECT id FROM leads WHERE user_id = $1 ORDER BY id OFFSET $2 LIMIT $3)",
                        toko.user().value(),
                        after,
                        many);
    }

    private int inside() {
        return count("SELECT FROM enrolments WHERE user_id = $1 AND status = 'open'");
    }

    private int crowds() {
        return count("SELECT FROM requested_crowds WHERE user_id = $1 AND sequence_id = '" + fitness + "'");
    }

    private int count(String sql) {
        return stage.database().run(sql, toko.user().value()).rowCount();
    }

    private void run(String sql) {
        stage.database().run(sql, toko.user().value());
    }
}
