package io.siaran.rest;

import static io.siaran.rest.Api.viewer;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.siaran.localstack.TestServers;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Two files at once are sent in this module, one of them to one user, who is waited for six seconds in all. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FileDownloadsTest {

    private static final String FILES = "/api/v1/files";
    private static final String LARGE = FILES + "?lines=32000";

    /** Long before the deadline. */
    private static final Duration SOON = Duration.ofSeconds(3);

    private final String ani = "ani-" + UUID.randomUUID();
    private final String budi = "budi-" + UUID.randomUUID();
    private final String citra = "citra-" + UUID.randomUUID();

    @Test
    void who_reads_slowly_has_one_file_and_keeps_none_from_another() throws Exception {
        try (SlowReader slow = slow(ani)) {
            assertThat(slow.head()).startsWith("HTTP/1.1 200 ");

            Response second = file(ani);

            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.contentType()).isEqualTo("application/problem+json");
            assertThat(second.header("Retry-After")).isEqualTo("5");
            assertThat(second.jsonPath().getString("code")).isEqualTo("too_many_requests");
            assertThat(file(budi).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void as_many_files_as_memory_has_room_for_are_sent_at_once() throws Exception {
        try (SlowReader first = slow(ani);
                SlowReader second = slow(budi)) {
            assertThat(first.head() + second.head()).contains("HTTP/1.1 200 ");

            assertThat(file(citra).statusCode()).isEqualTo(429);
        }
        await().atMost(SOON).until(() -> file(citra).statusCode() == 200);
    }

    @Test
    void who_goes_in_the_middle_of_a_file_gives_the_place_back() throws Exception {
        try (SlowReader slow = slow(ani)) {
            slow.head();
            assertThat(file(ani).statusCode()).isEqualTo(429);

            slow.reset();

            await().atMost(SOON).until(() -> file(ani).statusCode() == 200);
        }
    }

    @Test
    void who_reads_nothing_until_the_deadline_is_left() throws Exception {
        try (SlowReader slow = slow(ani)) {
            slow.head();

            await().atMost(Duration.ofSeconds(20)).until(() -> file(ani).statusCode() == 200);

            assertThat(slow.rest()).as("the file is cut off").isLessThan(31_000_000);
        }
    }

    @Test
    void who_reads_nothing_of_one_of_many_streams_is_left_in_that_one() throws Exception {
        // Given
        Vertx vertx = Vertx.vertx();
        HttpClient shared = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        HttpClientResponse slow = ask(shared, ani, LARGE);
        CompletableFuture<Throwable> left = new CompletableFuture<>();
        slow.exceptionHandler(left::complete).pause();

        // When
        await().atMost(Duration.ofSeconds(20)).until(() -> file(ani).statusCode() == 200);

        // Then
        assertThat(left.get(20, SECONDS)).isInstanceOf(StreamResetException.class);
        assertThat(ask(shared, budi, FILES + "?lines=3").statusCode()).isEqualTo(200);
        vertx.close();
    }

    @Test
    void a_file_that_breaks_off_gives_the_place_back() throws Exception {
        try (SlowReader reader = new SlowReader(RestAssured.port, ani, FILES + "/broken?lines=500")) {
            assertThat(reader.head()).startsWith("HTTP/1.1 200 ");
            assertThat(reader.rest()).as("the connection ends").isLessThan(520_000);
        }
        assertThat(viewer(ani).get(FILES + "/broken?lines=0").statusCode()).isEqualTo(500);

        assertThat(file(ani).statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_of_which_only_the_head_is_asked_for_gives_the_place_back() {
        assertThat(viewer(ani).head(LARGE).statusCode()).isEqualTo(200);

        assertThat(file(ani).statusCode()).isEqualTo(200);
    }

    @Test
    void a_file_that_there_is_not_gives_the_place_back() {
        assertThat(viewer(ani).get(FILES + "/none").statusCode()).isEqualTo(409);

        assertThat(file(ani).statusCode()).isEqualTo(200);
    }

    /** Else all of it could be handed to the event loop, and its place given back long before it is sent. */
    @Test
    void while_the_event_loop_is_busy_no_more_of_a_file_is_handed_to_it() {
        String file = viewer(ani).get(FILES + "/busy?lines=8000").asString();

        assertThat(file).hasSizeGreaterThan(8_000 * 1_024);
        assertThat(Integer.parseInt(file.substring(8_000 * 1_024))).isLessThan(200);
    }

    /** One such is made at once in this module. */
    @Test
    void who_reads_a_large_file_slowly_keeps_nobody_waiting_for_a_small_one() throws Exception {
        try (SlowReader slow = new SlowReader(RestAssured.port, ani, FILES + "/made?lines=32000")) {
            assertThat(slow.head()).startsWith("HTTP/1.1 200 ");

            Response large = viewer(budi).get(FILES + "/made?lines=2000");

            assertThat(large.statusCode()).isEqualTo(429);
            assertThat(large.header("Retry-After")).isEqualTo("5");
            assertThat(large.jsonPath().getString("detail")).contains("large");
            assertThat(viewer(budi).get(FILES + "/made?lines=1000").statusCode())
                    .isEqualTo(200);

            slow.reset();

            await().atMost(SOON)
                    .until(() -> viewer(budi).get(FILES + "/made?lines=2000").statusCode() == 200);
        }
        assertThat(viewer(citra).get(FILES + "/made?lines=2000").statusCode())
                .as("it was given back")
                .isEqualTo(200);
    }

    private static HttpClientResponse ask(HttpClient client, String user, String path) throws Exception {
        return client.request(HttpMethod.GET, RestAssured.port, "127.0.0.1", path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + TestServers.token(user, "viewer"))
                        .send())
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, SECONDS);
    }

    private static SlowReader slow(String user) {
        return new SlowReader(RestAssured.port, user, LARGE);
    }

    private static Response file(String user) {
        return viewer(user).get(FILES + "?lines=3");
    }
}
