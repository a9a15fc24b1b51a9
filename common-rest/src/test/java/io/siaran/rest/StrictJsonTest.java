package io.siaran.rest;

import static io.siaran.rest.Api.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong reading would send to somebody, or at another time: each row is a way in which one was read wrongly once. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class StrictJsonTest {

    private static final String THINGS = "/api/v1/things";
    private static final String ONE = THINGS + "/" + new UUID(0, 1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name      | true                           | wrong_type
                    name      | 1                              | wrong_type
                    name      | 1.5                            | wrong_type
                    name      | []                             | wrong_type
                    name      | {}                             | wrong_type
                    name      | "a\\u0000b"                    | not_storable
                    name      | "a\\u001bb"                    | not_storable
                    name      | "a\\u0085b"                    | not_storable
                    name      | "a\\nb"                        | not_storable
                    name      | "\\ud83d"                      | not_storable
                    name      | "\\ude00\\ud83d"               | not_storable
                    name      | "a\\ud83db"                    | not_storable
                    text      | "a\\u0000b"                    | not_storable
                    text      | "a\\u0007b"                    | not_storable
                    text      | "\\ud83d"                      | not_storable
                    day       | 20785                          | wrong_type
                    day       | [2027,1,1]                     | wrong_type
                    day       | ""                             | invalid
                    day       | "2027-03-27T16:00:00.000Z"     | invalid
                    day       | "2027-3-27"                    | invalid
                    day       | "2027-02-30"                   | invalid
                    day       | "+999999999-12-31"             | invalid
                    day       | " 2027-03-27"                  | invalid
                    time      | [10,0]                         | wrong_type
                    time      | 10                             | wrong_type
                    time      | ""                             | invalid
                    time      | "24:00"                        | invalid
                    time      | "24:00:00"                     | invalid
                    time      | "10"                           | invalid
                    time      | "1:00"                         | invalid
                    time      | "10:00:00.5"                   | invalid
                    time      | "2027-03-27T10:00:00"          | invalid
                    at        | ""                             | invalid
                    at        | 0                              | wrong_type
                    at        | -5                             | wrong_type
                    at        | 1e300                          | wrong_type
                    at        | 1806134400                     | wrong_type
                    at        | "1806134400"                   | invalid
                    at        | "2027-03-27"                   | invalid
                    at        | "2027-03-27T24:00:00Z"         | invalid
                    at        | "2027-03-27T10:00:00"          | invalid
                    at        | "+1000000000-01-01T00:00:00Z"  | invalid
                    since     | ""                             | invalid
                    since     | 1806134400                     | wrong_type
                    patience  | ""                             | invalid
                    patience  | 7                              | wrong_type
                    patience  | "7"                            | invalid
                    patience  | "PT9223372036854775807S"       | invalid
                    zone      | ""                             | invalid
                    zone      | " "                            | invalid
                    zone      | 8                              | wrong_type
                    zone      | "+08:00"                       | invalid
                    zone      | "GMT+8"                        | invalid
                    target    | 1                              | wrong_type
                    target    | ""                             | not_one_of
                    target    | "ALL"                          | not_one_of
                    target    | "1"                            | not_one_of
                    flag      | 1                              | wrong_type
                    flag      | "true"                         | wrong_type
                    flag      | ""                             | wrong_type
                    cap       | "1"                            | wrong_type
                    cap       | ""                             | wrong_type
                    cap       | true                           | wrong_type
                    cap       | 1.0                            | wrong_type
                    cap       | 1e2                            | wrong_type
                    cap       | 2147483648                     | out_of_range
                    count     | 9223372036854775808                           | out_of_range
                    cap       | 10000000000000000000000000000  | out_of_range
                    count     | "1"                            | wrong_type
                    hours     | "1.5"                          | wrong_type
                    hours     | 1e999999999                    | out_of_range
                    hours     | 1e-999999999                   | out_of_range
                    hours     | NaN                            | invalid
                    lead      | 1                              | wrong_type
                    lead      | "1-1-1-1-1"                    | invalid
                    lead      | ""                             | invalid
                    lead      | true | wrong_type
                    phone     | 60123456789                    | wrong_type
                    phone     | 62812345671.0                  | wrong_type
                    phone     | "+60"                          | invalid_phone
                    greetings | "Hi"                           | wrong_type
                    greetings | {}                             | wrong_type
                    greetings | ["a","b","c","d"]              | too_many
                    targets   | ["all","all","all"]            | too_many
                    steps     | [{"day":1},{"day":1},{"day":1},{"day":1}] | too_many
                    """)
    void a_value_that_is_written_otherwise_is_refused_under_its_name(String field, String value, String code) {
        String name = field.equals("name") ? "" : "\"name\": \"Ani\", ";

        refused("{" + name + "\"" + field + "\": " + value + "}")
                .body("violations", hasSize(1))
                .body("violations.field", contains(value.equals("NaN") ? "body" : field))
                .body("violations.code", contains(code));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name      | "😀😀😀😀😀😀😀😀😀😀"
                    text      | "one\\n\\ttwo\\r\\nthree"
                    day       | "2027-03-27"
                    time      | "10:00"
                    time      | "23:59:59"
                    at        | "2027-03-27T10:00:00+08:00"
                    at        | "2027-03-27T10:00:00.123Z"
                    at        | null
                    patience  | "P7D"
                    patience  | "PT1H30M"
                    zone      | "Asia/Kuala_Lumpur"
                    target    | "customer"
                    flag      | true
                    cap       | -0
                    hours     | 1.5
                    hours     | 2
                    phone     | "60123456789"
                    greetings | ["a","b","c"]
                    """)
    void a_value_that_is_written_as_documented_is_read(String field, String value) {
        boolean flagNeeded = field.equals("cap");
        String name = field.equals("name") ? "" : "\"name\": \"Ani\", ";
        String body = "{" + name + (flagNeeded ? "\"flag\": true, " : "") + "\"" + field + "\": " + value + "}";

        viewer("ani").body(body).post(THINGS).then().statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": "Ani", "target": "all", "target": "customer"}   | target
                    {"name": "Ani", "steps": [{"day": 1, "day": 2}]}         | steps[0].day
                    {"name": "Ani", "unknown": 1, "unknown": 2}              | unknown
                    """)
    void a_field_that_stands_twice_is_refused(String body, String field) {
        refused(body).body("violations.findAll { it.code == 'duplicate_field' }.field", contains(field));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        refused("""
                {"name": 1, "colour": "red", "day": "tomorrow", "cap": 2000, "target": "everybody",
                 "steps": [{"content": "x"}, {"day": "1", "weight": 3}], "greetings": [null, ""]}
                """)
                .body(
                        "violations.field",
                        containsInAnyOrder(
                                "name",
                                "colour",
                                "day",
                                "cap",
                                "flag",
                                "target",
                                "steps[0].day",
                                "steps[1].day",
                                "steps[1].weight",
                                "greetings[0]",
                                "greetings[1]"));
    }

    @Test
    void a_list_that_is_too_long_costs_nothing() {
        String nulls = "null,".repeat(12_000) + "null";
        String empties = "{},".repeat(20_000) + "{}";
        long began = System.nanoTime();

        refused("{\"name\": \"Ani\", \"greetings\": [" + nulls + "]}")
                .body("violations.size()", lessThanOrEqualTo(100));
        refused("{\"name\": \"Ani\", \"steps\": [" + empties + "]}")
                .body("violations.size()", lessThanOrEqualTo(100))
                .body("violations.code", containsInAnyOrder("too_many", "required", "required", "required"));

        assertThat(System.nanoTime() - began).isLessThan(2_000_000_000L);
    }

    @Test
    void a_body_of_nothing_but_unknown_names_is_told_the_first_hundred() {
        StringBuilder body = new StringBuilder("{\"name\": \"Ani\"");
        for (int i = 0; i < 3_000; i++) {
            body.append(", \"x").append(i).append("\": 1");
        }

        refused(body.append('}').toString()).body("violations", hasSize(100));
    }

    @Test
    void a_name_that_the_caller_made_up_does_not_come_back_whole() {
        String answer = refused("{\"name\": \"Ani\", \"" + "x".repeat(45_000) + "\": 1}")
                .extract()
                .asString();

        assertThat(answer).hasSizeLessThan(2_000);
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{\"a\":',}"})
    void what_is_nested_without_end_is_refused(String open, String close) {
        refused("{\"name\": \"Ani\", \"text\": " + open.repeat(2_000) + "1" + close.repeat(2_000) + "}");
        refused("{\"name\": \"Ani\", \"other\": " + open.repeat(2_000) + "1" + close.repeat(2_000) + "}");
    }

    @Test
    void a_number_of_endless_length_is_refused() {
        refused("{\"name\": \"Ani\", \"cap\": " + "1".repeat(10_000) + "}");
    }

    @Test
    void what_get_answered_may_be_put_and_not_posted() {
        String answered = """
                {"id": "00000000-0000-0000-0000-000000000001", "name": "Ani", "created_at": "2027-01-01T00:00:00Z",
                 "feeling": "well",
                 "steps": [{"id": "00000000-0000-0000-0000-000000000002", "day": 1, "content": "x"}]}
                """;

        viewer("ani").body(answered).put(ONE).then().statusCode(200).body("name", equalTo("Ani"));
        refused(answered).body("violations.field", containsInAnyOrder("id", "created_at", "feeling", "steps[0].id"));
        viewer("ani")
                .body("{\"name\": \"Ani\", \"colour\": 1}")
                .put(ONE)
                .then()
                .statusCode(400)
                .body("violations.field", contains("colour"));
    }

    @Test
    void a_patch_changes_what_it_names_and_a_null_clears() {
        viewer("ani")
                .body("{\"name\": \"Budi\", \"time\": null, \"cap\": null, \"steps\": [], \"id\": \"x\"}")
                .patch(ONE)
                .then()
                .statusCode(200)
                .body("name", equalTo("Budi"))
                .body("text", equalTo("a\nb"))
                .body("time", equalTo(null))
                .body("cap", equalTo(null))
                .body("steps", hasSize(0))
                .body("zone", equalTo("Asia/Kuala_Lumpur"))
                .body("hours", equalTo(1.5f));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"name": null}                     | name      | required
                    {"name": 5}                        | name      | wrong_type
                    {"colour": null, "colour2": 1}     | colour2   | unknown_field
                    {"cap": 5000}                      | cap       | out_of_range
                    {"steps": [{"content": "x"}]}      | steps[0].day | required
                    {"time": "24:00"}                  | time      | invalid
                    {"time": "10:00", "time": "11:00"} | time      | duplicate_field
                    []                                 | body      | wrong_type
                    1                                  | body      | wrong_type
                    """)
    void a_patch_is_as_strict_as_a_put(String patch, String field, String code) {
        viewer("ani")
                .body(patch)
                .patch(ONE)
                .then()
                .statusCode(400)
                .body("violations.field", contains(field))
                .body("violations.code", contains(code));
    }

    @Test
    void a_resource_has_a_tag_and_a_write_that_names_another_is_a_412() {
        viewer("ani").get(ONE).then().statusCode(200).header("ETag", "\"7\"");
        viewer("ani").header("If-Match", "\"7\"").body("{}").patch(ONE).then().statusCode(200);
        viewer("ani").header("If-Match", "*").body("{}").patch(ONE).then().statusCode(200);
        viewer("ani")
                .header("If-Match", "\"6\", \"7\"")
                .body("{}")
                .patch(ONE)
                .then()
                .statusCode(200);
        viewer("ani")
                .header("If-Match", "\"6\"")
                .body("{}")
                .patch(ONE)
                .then()
                .statusCode(412)
                .body("code", equalTo("precondition_failed"))
                .body("detail", containsString("\"7\""));
        viewer("ani").header("If-Match", "W/\"7\"").body("{}").patch(ONE).then().statusCode(412);
    }

    private static ValidatableResponse refused(String body) {
        return viewer("ani")
                .body(body)
                .post(THINGS)
                .then()
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("code", equalTo("invalid_request"));
    }
}
