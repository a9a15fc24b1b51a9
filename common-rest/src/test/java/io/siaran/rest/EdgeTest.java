package io.siaran.rest;

import static io.restassured.RestAssured.given;
import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.operator;
import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EdgeTest {

    private final String user = "edge-" + UUID.randomUUID();

    @Inject
    Pool pool;

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/plain",
                "application/xml",
                "*/*;q=0",
                "application/json;q=0, */*",
                "a/b/c",
                "*",
                "*/json",
                "application",
                "application/json;q=2",
                "application/json;charset=utf-16",
                ",",
                " "
            })
    void what_cannot_be_answered_as_asked_is_a_406_and_nothing_is_written(String accept) throws IOException {
        String answer = raw("POST " + NOTES, "Accept: " + accept, "{\"phone\": \"60123456789\"}");

        assertThat(answer).startsWith("HTTP/1.1 406").contains(Problem.MEDIA_TYPE, "\"not_acceptable\"", "\"detail\"");
        assertThat(notes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "application/*",
                "application/json",
                "APPLICATION/JSON",
                "application/problem+json",
                "text/html, application/json;q=0.5",
                "application/json; charset=UTF-8",
                "application/json, text/plain, */*",
                "application/json;v=1;q=0.9"
            })
    void json_is_answered_to_whoever_takes_it(String accept) {
        viewer(user).accept(accept).get(NOTES + "/mine").then().statusCode(200).contentType("application/json");
    }

    @Test
    void without_an_accept_header_json_is_answered() throws IOException {
        assertThat(raw("GET " + NOTES + "/mine", "X: y", "")).contains("200 OK", "application/json");
    }

    @Test
    void another_form_is_answered_where_one_is_documented() {
        viewer(user)
                .accept("text/csv")
                .get(NOTES + "/export")
                .then()
                .statusCode(200)
                .contentType("text/csv");
        viewer(user).accept("application/json").get(NOTES + "/export").then().statusCode(406);
    }

    @Test
    void the_id_of_a_request_comes_back_and_is_in_the_log() {
        var logged = new Logged();
        Logger.getLogger("").addHandler(logged);
        try {
            viewer(user)
                    .header("X-Request-Id", "mine-7")
                    .get(NOTES + "/bug")
                    .then()
                    .statusCode(500)
                    .header("X-Request-Id", equalTo("mine-7"));
        } finally {
            Logger.getLogger("").removeHandler(logged);
        }
        assertThat(logged.requestId).isEqualTo("mine-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\u00e4", "", "0"})
    void an_id_that_cannot_stand_in_a_log_is_replaced(String asked) throws IOException {
        String id = asked.equals("0") ? "x".repeat(129) : asked;

        String answer = raw("GET " + NOTES + "/mine", "X-Request-Id: " + id, "");

        assertThat(answer.lines().filter(line -> line.startsWith("X-Request-Id")))
                .singleElement()
                .asString()
                .matches("X-Request-Id: [0-9a-f-]{36}");
    }

    @Test
    void every_answer_has_an_id_and_is_what_it_says_it_is() {
        for (Response answer : new Response[] {
            viewer(user).get(NOTES + "/mine"),
            given().get(NOTES + "/mine"),
            viewer(user).get("/api/v1/nothing"),
            given().get("/nothing"),
            viewer(user).delete(NOTES)
        }) {
            answer.then()
                    .header("X-Request-Id", matchesRegex("[0-9a-f-]{36}"))
                    .header("X-Content-Type-Options", equalTo("nosniff"));
        }
    }

    @Test
    void what_the_framework_refuses_is_a_problem_with_a_code_and_a_detail() {
        problem(viewer(user).get("/api/v1/nothing"), 404, "not_found");
        problem(viewer(user).delete(NOTES), 405, "method_not_allowed").header("Allow", containsString("POST"));
        problem(
                operator(user).contentType("application/xml").body("<a/>").post(NOTES + "/checked"),
                415,
                "unsupported_media_type");
        problem(viewer(user).get(NOTES + "?q=" + "x".repeat(9_000)), 414, "uri_too_long");
        problem(viewer(user).header("X", "y".repeat(20_000)).get(NOTES), 431, "headers_too_large");
        problem(given().get(NOTES), 401, "unauthorized");
        problem(viewer(user).body("{}").post(NOTES + "/checked"), 403, "forbidden");
        problem(viewer(user).get(NOTES + "/bug"), 500, "internal_error");
        problem(viewer(user).get(NOTES + "/crowded"), 503, "unavailable").header("Retry-After", equalTo("1"));
        problem(viewer(user).post(NOTES + "/taken"), 409, "already_exists");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/notes/%ff, path",
        "/api/v1/notes/%c0%80, path",
        "/api/v1/notes/%zz, path",
        "/api/v1/notes/100%, path",
        "/nothing/%, path",
        "/api/v1/notes?label=%ed%a0%80, query",
        "/api/v1/notes?label=%zz, query",
        "/api/v1/notes?%, query",
        "/api/v1/notes?label=a|b, query",
        "/api/v1/notes?label=<x>, query",
        "/api/v1/notes/{id}, path"
    })
    void an_address_that_cannot_be_read_is_a_400(String path, String part) throws IOException {
        assertThat(raw("GET " + path, "X: y", ""))
                .contains("HTTP/1.1 400", Problem.MEDIA_TYPE, "percent-encoded", "\"field\":\"" + part + "\"");
    }

    @Test
    void a_location_is_right_whoever_stands_between() {
        Response created = viewer(user)
                .header("X-Forwarded-Host", "evil.example")
                .header("Host", "other.example")
                .body("{\"phone\": \"60123456789\"}")
                .post(NOTES);

        created.then().statusCode(201).header("Location", matchesRegex("/api/v1/notes/[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label=",
                "label",
                "target_status=",
                "label=a&label=b",
                "cursor=",
                "kinds=customer&kinds=",
                "colour=red",
                "=1"
            })
    void a_query_that_would_drop_a_filter_is_refused(String query) {
        problem(viewer(user).urlEncodingEnabled(false).get(NOTES + "?" + query), 400, "invalid_request")
                .body("violations.field", notNullValue())
                .body("violations.message", not(contains("")));
    }

    @Test
    void a_filter_that_may_be_repeated_is_read_whole() {
        viewer(user)
                .get(NOTES + "/kinds?kinds=customer&kinds=prospect")
                .then()
                .statusCode(200)
                .body("$", contains("customer", "prospect"));
        problem(viewer(user).get(NOTES + "/kinds?kinds=customer&kinds=nobody"), 400, "invalid_request")
                .body("violations.field", contains("kinds"))
                .body("violations.code", contains("not_one_of"));
    }

    private static ValidatableResponse problem(Response response, int status, String code) {
        return response.then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("type", equalTo("urn:siaran:problem:" + code))
                .body("code", equalTo(code))
                .body("title", not(containsString("HTTP")))
                .body("detail", notNullValue())
                .header("X-Request-Id", notNullValue());
    }

    /** As a client that no library tidies up after. */
    private String raw(String line, String header, String body) throws IOException {
        String request = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + TestServers.token(user, "viewer") + "\r\n" + header
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private long notes() {
        return pool.query("SELECT count(*) FROM notes WHERE user_id = '" + user + "'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static final class Logged extends Handler {

        private volatile String requestId;

        @Override
        public void publish(LogRecord line) {
            if (line instanceof ExtLogRecord extended && line.getLoggerName().startsWith("io.siaran")) {
                requestId = extended.getMdc("request_id");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
