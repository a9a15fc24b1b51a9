package io.siaran.rest;

import static io.restassured.RestAssured.given;
import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.operator;
import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ProblemsTest {

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @CsvSource({
        "PUT, application/json, '{\"name\": 1}'",
        "PUT, application/json, '{\"name\": '",
        "PUT, application/json, '[]'",
        "PUT, application/json, '{}'",
        "PUT, application/json, ''",
        "PUT, application/xml, '<a/>'",
        "PUT, text/plain, 'a'",
        "PATCH, application/json, '[]'",
        "PATCH, application/json, '{\"a\": 1, \"a\": 2}'",
        "PATCH, application/xml, '<a/>'"
    })
    void what_is_not_the_callers_is_not_there_whatever_is_sent_with_it(String method, String type, String body) {
        viewer("ani")
                .contentType(type)
                .body(body)
                .request(method, "/api/v1/things/" + ThingResource.ABSENT)
                .then()
                .statusCode(404)
                .contentType(Problem.MEDIA_TYPE)
                .body("detail", equalTo("no thing " + ThingResource.ABSENT));
        viewer("ani")
                .contentType(type)
                .body(body)
                .request(method, "/api/v1/things/" + new UUID(0, 1))
                .then()
                .statusCode(type.equals("application/json") ? 400 : 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "json", "application/", "/json", "application/json;;;"})
    void a_type_that_is_none_is_named(String type) throws IOException {
        assertThat(raw("POST /api/v1/things", type, "{}"))
                .contains(Problem.MEDIA_TYPE)
                .matches("(?s)HTTP/1.1 (415.*|400.*\"field\":\"(Content-Type|name)\".*)");
    }

    @Test
    void a_caller_is_the_subject_of_the_token() {
        viewer("ani").get(NOTES + "/mine").then().statusCode(200).body("user_id", equalTo("ani"));
    }

    @Test
    void answers_are_snake_case_and_keep_their_nulls() {
        String json = viewer("ani").get(NOTES + "/mine").asString();

        assertThat(json)
                .isEqualTo("{\"id\":\"00000000-0000-0000-0000-000000000000\",\"user_id\":\"ani\",\"nothing\":null}");
    }

    @Test
    void no_token_is_a_401() {
        problem(given().get(NOTES + "/mine"), 401).header("WWW-Authenticate", equalTo("Bearer"));
    }

    @Test
    void a_token_that_is_not_ours_is_a_401() {
        problem(given().auth().oauth2("not.a.token").get(NOTES + "/mine"), 401)
                .header("WWW-Authenticate", equalTo("Bearer"));
    }

    @Test
    void who_asks_for_the_caller_on_an_open_path_gets_a_401() {
        problem(given().get(NOTES + "/open"), 401);
    }

    @Test
    void a_wrong_group_is_a_403() {
        problem(viewer("ani").body("{}").post(NOTES + "/checked"), 403);
    }

    @Test
    void no_such_object_is_a_404_that_says_so() {
        String id = "018f2a60-0000-7000-8000-000000000001";

        problem(viewer("ani").get(NOTES + "/" + id), 404)
                .body("detail", equalTo("no note " + id))
                .body("instance", equalTo(NOTES + "/" + id))
                .body("type", equalTo("urn:siaran:problem:not_found"))
                .body("code", equalTo("not_found"))
                .body("title", equalTo("Not Found"))
                .body("violations", nullValue());
    }

    @Test
    void an_id_that_is_no_uuid_is_a_404() {
        problem(viewer("ani").get(NOTES + "/nonsense"), 404);
    }

    @Test
    void no_such_path_is_a_404() {
        problem(viewer("ani").get("/api/v1/nothing"), 404);
    }

    @Test
    void a_method_that_is_not_there_is_a_405() {
        problem(viewer("ani").delete(NOTES), 405);
    }

    @Test
    void a_media_type_that_is_not_read_is_a_415() {
        problem(operator("ani").contentType("application/xml").body("<a/>").post(NOTES + "/checked"), 415);
        problem(operator("ani").contentType("text/plain").body("a").post(NOTES + "/one-text"), 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/JSON", "text/plain", "application/x-unknown"})
    void a_body_that_is_too_large_is_a_413_whatever_it_says_it_is(String type) {
        problem(
                operator("ani")
                        .contentType(type)
                        .body(("{\"phone\": \"" + "1".repeat(70_000) + "\"}").getBytes(StandardCharsets.UTF_8))
                        .post(NOTES + "/checked"),
                413);
    }

    @Test
    void an_upload_that_is_too_large_is_a_413() {
        problem(
                operator("ani")
                        .contentType("text/csv")
                        .body("1".repeat(1_100_000))
                        .post(NOTES + "/checked"),
                413);
    }

    @Test
    void what_exists_already_is_a_409_with_its_id() {
        problem(viewer("ani").post(NOTES + "/taken"), 409)
                .body("existing_id", equalTo("00000000-0000-0000-0000-000000000007"));
    }

    @Test
    void a_bug_is_a_500_that_leaks_nothing() {
        problem(viewer("ani").get(NOTES + "/bug"), 500)
                .body("error_id", notNullValue())
                .body(not(containsString("hunter2")))
                .body(not(containsString("Exception")));
    }

    @Test
    void a_phone_that_cannot_exist_is_a_400_of_its_field() {
        problem(viewer("ani").body("{\"phone\": \"12\"}").post(NOTES + "/phone"), 400)
                .body("violations.field", contains("phone"));
    }

    @Test
    void every_wrong_field_is_named_as_the_caller_wrote_it() {
        String body = "{\"phone\": \" \", \"steps\": [{}, {\"trigger_delay_hours\": -1}]}";

        problem(operator("ani").body(body).post(NOTES + "/checked"), 400)
                .body("violations.field", contains("phone", "steps[1].trigger_delay_hours"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"phone": "1", "colour": "red"}                        | colour                | unknown field; known are
                    {"phone": "1", "steps": [{"day": 1}]}                  | steps[0].day          | unknown field; known are
                    {"phone": "1", "number": "many"}                       | number                | must be a whole number
                    {"phone": "1", "number": 1.5}                          | number                | must be a whole number
                    {"phone": "1", "target_status": "everybody"}           | target_status         | must be one of prospect, customer, all
                    {"phone": "1", "steps": {}}                            | steps                 | must be a list
                    {"phone": "1", "steps": [{"first_day": "tomorrow"}]}   | steps[0].first_day    | must be a date as YYYY-MM-DD
                    {"phone": {}}                                          | phone                 | must be a text
                    {"phone": "1", "digits": "+60"}                        | digits                | E.164 digits without a plus
                    {"phone": "a\\u0000b"}                                 | phone                 | must be a text
                    {"phone": "1", "time_zone": "Mars"}                    | time_zone             | must be a time zone
                    {"phone": "1", "time_zone": "+08:00"}                  | time_zone             | must be a time zone
                    {"phone": "1", "time_zone": "GMT+8"}                   | time_zone             | must be a time zone
                    {"phone": "1"                                          | body                  | is not JSON (line 1
                    nonsense                                               | body                  | is not JSON (line 1
                    {"phone": "1"} {}                                      | body                  | must be one JSON object
                    []                                                     | body                  | must be one JSON object
                    ''                                                     | body                  | must not be null
                    """)
    void a_body_that_cannot_be_read_names_the_field(String body, String field, String message) {
        problem(operator("ani").body(body).post(NOTES + "/checked"), 400)
                .body("violations.field", contains(field))
                .body("violations[0].message", containsString(message));
    }

    @Test
    void a_body_that_is_right_is_read() {
        String body =
                "{\"phone\": \"1\", \"number\": 2, \"target_status\": \"customer\", \"steps\": [{\"trigger_delay_hours\": 1.5}]}";

        operator("ani")
                .body(body)
                .post(NOTES + "/checked")
                .then()
                .statusCode(200)
                .body("target_status", equalTo("customer"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=501, limit",
        "limit=ten, limit",
        "cursor=nonsense, cursor",
        "target_status=everybody, target_status",
        "lead_id=7, lead_id",
        "from=yesterday, from",
        "targetstatus=all, targetstatus",
        "label=%00, label"
    })
    void a_query_that_is_wrong_names_the_parameter(String query, String field) {
        problem(viewer("ani").urlEncodingEnabled(false).get(NOTES + "?" + query), 400)
                .body("violations.field", contains(field));
    }

    @Test
    void a_query_that_is_right_is_read() {
        viewer("ani")
                .get(NOTES + "?limit=2&target_status=all&lead_id=018f2a60-0000-7000-8000-000000000001&from=2026-11-27")
                .then()
                .statusCode(200)
                .body("items", contains("note 1", "note 2"));
    }

    @Test
    void pages_follow_each_other_to_the_end() {
        var first = viewer("ani").get(NOTES).then().statusCode(200).extract().jsonPath();
        var second = next(first.getString("next_cursor"));
        var third = next(second.getString("next_cursor"));

        assertThat(first.getList("items")).hasSize(50).startsWith("note 1");
        assertThat(second.getList("items")).hasSize(50).startsWith("note 51");
        assertThat(third.getList("items")).hasSize(20).endsWith("note 120");
        assertThat(third.getString("next_cursor")).isNull();
    }

    @Test
    void the_documentation_tells_of_problems_and_tokens() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("components.schemas.Problem.properties.violations.type", notNullValue())
                .body("paths.'/api/v1/notes/mine'.get.responses.400", notNullValue())
                .body("components.securitySchemes.SecurityScheme.scheme", equalTo("bearer"));
    }

    @Test
    void the_documentation_writes_names_as_callers_do() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("components.schemas.NoteAnswer.properties.user_id.type", equalTo("string"))
                .body("components.schemas.TargetStatus.enum", contains("prospect", "customer", "all"));
    }

    private static JsonPath next(String cursor) {
        return viewer("ani")
                .get(NOTES + "?cursor=" + cursor)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static ValidatableResponse problem(Response response, int status) {
        return response.then()
                .statusCode(status)
                .contentType(Problem.MEDIA_TYPE)
                .body("status", equalTo(status))
                .body("title", notNullValue());
    }

    private String raw(String line, String type, String body) throws IOException {
        String request = line + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: " + type
                + "\r\nAuthorization: Bearer " + TestServers.token("ani", "viewer") + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
