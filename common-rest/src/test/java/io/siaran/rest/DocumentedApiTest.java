package io.siaran.rest;

import static io.restassured.RestAssured.given;
import static io.siaran.rest.Api.NOTES;
import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.contract.DocumentedAnswers;
import io.siaran.localstack.contract.DocumentedOperations;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document of the test API, and that a test fails which gets another answer. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DocumentedApiTest {

    private static final String DOCUMENT = "/q/openapi";
    private static final String THING = "/api/v1/things/" + new UUID(0, 1);
    private static final String OPERATION = "paths.'/api/v1/things/{id}'.put.";

    @BeforeEach
    void install() {
        DocumentedAnswers.install(DOCUMENT);
    }

    @AfterEach
    void remove() {
        RestAssured.replaceFiltersWith(List.of());
    }

    @Test
    void values_are_documented_as_they_are_written() {
        document()
                .body("openapi", startsWith("3.0"))
                .body("components.schemas.LeadId.type", equalTo("string"))
                .body("components.schemas.LeadId.format", equalTo("uuid"))
                .body("components.schemas.PhoneNumber.type", equalTo("string"))
                .body("components.schemas.Problem.properties.code.enum", hasItems("invalid_request", "busy"))
                .body("components.schemas.Violation.properties.code.enum", hasItem("too_many"));
    }

    @Test
    void every_operation_says_what_may_go_wrong_and_which_headers_there_are() {
        document()
                .body(OPERATION + "operationId", equalTo("putThingsById"))
                .body(OPERATION + "tags", contains("things"))
                .body(
                        OPERATION + "responses.keySet()",
                        hasItems("400", "401", "403", "404", "406", "409", "412", "413", "415", "422"))
                .body(OPERATION + "parameters.name", hasItems("id", "If-Match", "X-Request-Id"))
                .body("paths.'/api/v1/things'.post.parameters.name", hasItem("Idempotency-Key"))
                .body("paths.'/api/v1/things/{id}/touch'.post.parameters.name", not(hasItem("Idempotency-Key")))
                .body("components.responses.Problem409.headers", hasKey("Retry-After"));
    }

    @Test
    void an_object_has_an_etag_and_a_list_or_a_preview_has_none() {
        document()
                .body("paths.'/api/v1/things/{id}'.get.responses.'200'.headers", hasKey("ETag"))
                .body("paths.'/api/v1/notes'.get.responses.'200'.headers", not(hasKey("ETag")));
    }

    @Test
    void an_open_operation_asks_for_no_role() {
        document()
                .body("paths.'/api/v1/notes/open'.get.security", anyOf(nullValue(), empty()))
                .body("paths.'/api/v1/notes/open'.get.responses", not(hasKey("403")))
                .body("paths.'/api/v1/notes/mine'.get.security[0].SecurityScheme", contains("viewer"));
    }

    @Test
    void a_list_says_by_what_it_is_sorted() {
        document().body("components.schemas.CreationOrder.enum", contains("created_at", "-created_at"));
    }

    @Test
    void what_is_left_out_is_listed() {
        List<String> gaps = DocumentedOperations.gaps(DOCUMENT);

        assertThat(gaps)
                .contains(
                        "get /api/v1/notes label: no description",
                        "ThingAnswer.name: no description",
                        "get /api/v1/things/{id}: no updated_at")
                .doesNotContain("get /api/v1/things/{id}: no ETag");
        assertThat(gaps).noneMatch(gap -> gap.startsWith("Problem") || gap.startsWith("Violation"));
    }

    @Test
    void an_answer_as_documented_passes() {
        viewer("ani").get(THING).then().statusCode(200);
        viewer("ani").body("{\"name\": 1}").put(THING).then().statusCode(400);
        viewer("ani").body("{\"name\": \"Budi\"}").patch(THING).then().statusCode(200);
        viewer("ani").body("{\"colour\": 1}").patch(THING).then().statusCode(400);
        given().get(THING).then().statusCode(401);
        viewer("ani").get("/api/v1/nothing").then().statusCode(404);
    }

    @Test
    void another_answer_fails_the_test_that_gets_it() {
        assertThatThrownBy(() -> viewer("ani").get(NOTES + "/wrong/body"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("body.colour is not documented")
                .hasMessageContaining("body.day must be a whole number");
        assertThatThrownBy(() -> viewer("ani").get(NOTES + "/wrong/status"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the status is not documented");
        assertThatThrownBy(() -> viewer("ani").get(NOTES + "/wrong/type"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the Content-Type text/csv is not documented");
    }

    @Test
    void an_answer_without_its_body_or_its_tag_or_with_a_header_that_nobody_announced_fails_too() {
        fails("/wrong/nothing", "the documented body is missing");
        fails("/wrong/header", "the header ETag is not documented", "the header Location is not documented");
        fails("/wrong/tag", "the header ETag is missing");
    }

    @Test
    void an_answer_beyond_its_documented_limits_fails() {
        fails(
                "/wrong/low",
                "body.number is below its minimum",
                "body.word is shorter than its minLength",
                "body.list is shorter than its minItems");
        fails(
                "/wrong/high",
                "body.number is above its maximum",
                "body.word is longer than its maxLength",
                "body.list is longer than its maxItems");
    }

    @Test
    void what_is_not_there_is_answered_as_a_problem() {
        viewer("ani").get("/api/v1/nothing").then().statusCode(404);
        viewer("ani").delete("/api/v1/things").then().statusCode(405);
        fails("/wrong/hidden", "the documented body is missing");
    }

    private static void fails(String path, String... objections) {
        assertThatThrownBy(() -> viewer("ani").get(NOTES + path))
                .isInstanceOf(AssertionError.class)
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .contains(objections);
    }

    @Test
    void what_a_tool_reads_is_not_told_what_only_the_build_reads() {
        String touch = "paths.'/api/v1/things/{id}/touch'.post.";
        document()
                .body(touch + "responses", not(hasKey("x-idempotent")))
                .body(touch + "responses.'200'", not(hasKey("x-idempotent")))
                .body(OPERATION + "security[0].SecurityScheme", contains("viewer"))
                .body("components.securitySchemes.SecurityScheme.description", containsString("viewer"));
    }

    @Test
    void if_match_is_documented_where_the_object_has_a_tag() {
        document()
                .body(OPERATION + "parameters.name", hasItem("If-Match"))
                .body("paths.'/api/v1/things/{id}/touch'.post.parameters.name", hasItem("If-Match"))
                .body("paths.'/api/v1/things/{id}/check'.post.parameters.name", not(hasItem("If-Match")))
                .body("paths.'/api/v1/notes/{id}'.delete.parameters.name", not(hasItem("If-Match")))
                .body("paths.'/api/v1/notes/{id}'.delete.responses", not(hasKey("412")));
    }

    @Test
    void what_has_no_version_is_tagged_by_what_it_says() {
        // When
        String one = check("00000000-0000-0000-0000-000000000001");
        String again = check("00000000-0000-0000-0000-000000000001");
        String other = check("00000000-0000-0000-0000-000000000002");

        // Then
        assertThat(one).matches("\"[0-9]+\"").isEqualTo(again).isNotEqualTo(other);
        document()
                .body("paths.'/api/v1/things/{id}/check'.post.responses.'200'.headers", hasKey("ETag"))
                .body("components.schemas.ThingCheck.properties.keySet()", hasSize(2));
    }

    private static String check(String thing) {
        return viewer("kedai-ani")
                .post("/api/v1/things/" + thing + "/check")
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
    }

    private static ValidatableResponse document() {
        return given().noFilters().get(DOCUMENT + "?format=json").then().statusCode(200);
    }
}
