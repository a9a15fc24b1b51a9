package io.siaran.rest;

import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.viewer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each test has a user and a key of its own; both styles of writing keep the same promises. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class IdempotencyKeysTest {

    private static final String BY_SESSION = NOTES;
    private static final String BY_ENGINE = NOTES + "/by-engine";

    private final String user = "user-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    @Inject
    Pool pool;

    @Inject
    IdempotencyKeys keys;

    @ParameterizedTest
    @ValueSource(strings = {BY_SESSION, BY_ENGINE})
    void a_write_that_is_told_again_happens_once_and_gets_the_same_answer(String path) {
        Response first = post(path, "60123456789");
        Response again = post(path, "60123456789");

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.contentType()).startsWith("application/json");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(notes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_SESSION, BY_ENGINE})
    void the_same_key_with_another_body_is_a_422(String path) {
        post(path, "60123456789");

        Response other = post(path, "60198765432");

        other.then().statusCode(422).contentType(Problem.MEDIA_TYPE);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void the_same_key_with_another_query_is_a_422() {
        post(BY_SESSION, "60123456789");

        Response other = post(BY_SESSION + "?label=vip", "60123456789");

        other.then().statusCode(422);
    }

    @Test
    void spelling_the_same_body_otherwise_is_no_other_request() {
        post(BY_SESSION, "60123456789");

        Response again = keyed().body("{ \"number\": null,\n \"phone\": \"60123456789\" }")
                .post(BY_SESSION);

        again.then().statusCode(201).header("Idempotency-Replayed", "true");
    }

    @Test
    void while_the_first_still_runs_the_second_is_told_to_come_back() {
        // Given
        var first = CompletableFuture.supplyAsync(() -> postSlowly(2));
        await().until(this::someLockIsHeld);

        // When
        Response second = postSlowly(2);

        // Then
        second.then().statusCode(409).contentType(Problem.MEDIA_TYPE).header("Retry-After", "1");
        assertThat(first.orTimeout(20, SECONDS).join().statusCode()).isEqualTo(201);
        assertThat(postSlowly(2).header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(notes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_SESSION, BY_ENGINE})
    void of_many_at_once_one_writes(String path) {
        List<CompletableFuture<Response>> racing = IntStream.range(0, 16)
                // On threads of their own: the common pool has one on two cores, and they would not race.
                .mapToObj(
                        i -> CompletableFuture.supplyAsync(() -> post(path, "60123456789"), Thread::startVirtualThread))
                .toList();

        List<Integer> statuses =
                racing.stream().map(answer -> answer.join().statusCode()).toList();

        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        assertThat(notes()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_SESSION, BY_ENGINE})
    void a_write_that_failed_leaves_the_key_free(String path) {
        // Given
        insertNote("60123456789");
        post(path, "60123456789").then().statusCode(500);
        deleteNotes();

        // When
        Response again = post(path, "60123456789");

        // Then
        again.then().statusCode(201);
        assertThat(again.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void a_key_belongs_to_its_user_and_its_path() {
        post(BY_SESSION, "60123456789").then().statusCode(201);

        Response otherPath = post(BY_ENGINE, "60198765432");
        Response otherUser = viewer("somebody-" + key)
                .header("Idempotency-Key", key)
                .body("{\"phone\": \"60123456789\"}")
                .post(BY_SESSION);

        assertThat(List.of(otherPath.statusCode(), otherUser.statusCode())).containsOnly(201);
        assertThat(otherUser.header("Idempotency-Replayed")).isNull();
    }

    @Test
    void without_a_key_every_post_writes() {
        viewer(user)
                .body("{\"phone\": \"60123456789\"}")
                .post(BY_SESSION)
                .then()
                .statusCode(201);
        viewer(user)
                .body("{\"phone\": \"60198765432\"}")
                .post(BY_SESSION)
                .then()
                .statusCode(201);

        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_too_long_is_a_400() {
        viewer(user)
                .header("Idempotency-Key", "k".repeat(256))
                .body("{\"phone\": \"60123456789\"}")
                .post(BY_SESSION)
                .then()
                .statusCode(400)
                .body("violations.field", contains("Idempotency-Key"))
                .body("status", equalTo(400));
    }

    @Test
    void after_24_hours_a_key_is_forgotten_and_may_be_used_anew() {
        // Given
        post(BY_SESSION, "60123456789");
        age("24 hours");

        // When
        Response anew = post(BY_SESSION, "60198765432");

        // Then
        anew.then().statusCode(201);
        assertThat(post(BY_SESSION, "60198765432").header("Idempotency-Replayed"))
                .isEqualTo("true");
    }

    @Test
    void the_clean_up_takes_what_is_older_than_24_hours_and_leaves_the_rest() {
        post(BY_SESSION, "60123456789");
        keys.purge(pool).await().indefinitely();
        assertThat(count("SELECT count(*) FROM idempotency_keys WHERE user_id = $1"))
                .isEqualTo(1);

        age("24 hours");
        keys.purge(pool).await().indefinitely();

        assertThat(count("SELECT count(*) FROM idempotency_keys WHERE user_id = $1"))
                .isZero();
    }

    @Test
    void however_many_are_old_no_statement_of_the_clean_up_takes_more_than_two_thousand() {
        // Given
        keys.purge(pool).await().indefinitely();
        run(
                "INSERT INTO idempotency_keys (user_id, method, path, key, answer, kept_at)"
                        + " SELECT $1, 'POST', '/', i::text, '{}', now() - interval '25 hours' FROM generate_series(1, 4500) i",
                Tuple.of(user));
        rememberDeletions();

        // When
        int forgotten = keys.purge(pool).await().indefinitely();

        // Then
        assertThat(forgotten).isEqualTo(4_500);
        assertThat(count("SELECT count(*) FROM idempotency_keys WHERE user_id = $1"))
                .isZero();
        assertThat(count("SELECT max(deleted) FROM deletions WHERE user_id = $1"))
                .isEqualTo(2_000);
        pool.query("DROP TRIGGER remembered ON idempotency_keys").executeAndAwait();
    }

    private Response post(String path, String phone) {
        return keyed().body("{\"phone\": \"" + phone + "\"}").post(path);
    }

    private Response postSlowly(int seconds) {
        return keyed().body("{\"phone\": \"60123456789\", \"pause_seconds\": " + seconds + "}")
                .post(BY_SESSION);
    }

    private RequestSpecification keyed() {
        return viewer(user).header("Idempotency-Key", key);
    }

    private boolean someLockIsHeld() {
        return pool.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")
                        .execute()
                        .await()
                        .indefinitely()
                        .rowCount()
                > 0;
    }

    private long notes() {
        return count("SELECT count(*) FROM notes WHERE user_id = $1");
    }

    private long count(String sql) {
        return run(sql, Tuple.of(user)).iterator().next().getLong(0);
    }

    private void insertNote(String phone) {
        run("INSERT INTO notes VALUES ($1, $2, $3)", Tuple.of(UUID.randomUUID(), user, phone));
    }

    private void deleteNotes() {
        run("DELETE FROM notes WHERE user_id = $1", Tuple.of(user));
    }

    private void age(String interval) {
        run(
                "UPDATE idempotency_keys SET kept_at = kept_at - interval '" + interval + "' WHERE user_id = $1",
                Tuple.of(user));
    }

    /** How many rows each statement deletes. */
    private void rememberDeletions() {
        pool.query("""
                CREATE TABLE IF NOT EXISTS deletions (user_id text NOT NULL, deleted bigint NOT NULL);
                CREATE OR REPLACE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  INSERT INTO deletions SELECT user_id, count(*) FROM gone GROUP BY user_id;
                  RETURN NULL;
                END
                $$;
                CREATE OR REPLACE TRIGGER remembered AFTER DELETE ON idempotency_keys REFERENCING OLD TABLE AS gone
                  FOR EACH STATEMENT EXECUTE FUNCTION remember();
                """).executeAndAwait();
    }

    private RowSet<Row> run(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).await().indefinitely();
    }
}
