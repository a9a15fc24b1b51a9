package io.siaran.rest;

import static io.restassured.RestAssured.given;
import static io.siaran.rest.Api.NOTES;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.localstack.TestServers;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is signed by the right key and yet is no caller of ours. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TokensTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"sub": 5, "groups": ["viewer"]}
                    {"sub": true, "groups": ["viewer"]}
                    {"sub": ["ani"], "groups": ["viewer"]}
                    {"sub": {"a": 1}, "groups": ["viewer"]}
                    {"sub": null, "groups": ["viewer"]}
                    {"sub": "", "groups": ["viewer"]}
                    {"sub": "  ", "groups": ["viewer"]}
                    {"sub": "a\\u0000", "groups": ["viewer"]}
                    {"sub": "a\\nb", "groups": ["viewer"]}
                    {"sub": "a\\ud800", "groups": ["viewer"]}
                    {"groups": ["viewer"]}
                    {"sub": "ani", "groups": "viewer"}
                    {"sub": "ani", "groups": {"viewer": true}}
                    {"sub": "ani", "groups": [1, 2]}
                    {"sub": "ani", "groups": [null]}
                    {"sub": "ani", "groups": ["viewer"], "aud": "another-service"}
                    {"sub": "ani", "groups": ["viewer"], "aud": ["another-service"]}
                    {"sub": "ani", "groups": ["viewer"], "aud": []}
                    {"sub": "ani", "groups": ["viewer"], "aud": 5}
                    """)
    void a_token_with_odd_claims_is_a_401(String claims) {
        get(claims).statusCode(401).contentType(Problem.MEDIA_TYPE).header("WWW-Authenticate", equalTo("Bearer"));
    }

    @Test
    void a_subject_of_more_than_255_characters_is_a_401() {
        get("{\"sub\": \"" + "x".repeat(256) + "\", \"groups\": [\"viewer\"]}").statusCode(401);
        get("{\"sub\": \"" + "x".repeat(255) + "\", \"groups\": [\"viewer\"]}").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"sub": "ani", "groups": ["viewer"]}
                    {"sub": "ani", "groups": ["viewer"], "aud": "siaran"}
                    {"sub": "ani", "groups": ["viewer"], "aud": ["other", "siaran"]}
                    """)
    void a_token_for_us_is_taken(String claims) {
        get(claims).statusCode(200);
    }

    @Test
    void a_token_without_groups_may_do_nothing() {
        get("{\"sub\": \"ani\"}").statusCode(403);
        get("{\"sub\": \"ani\", \"groups\": []}").statusCode(403);
    }

    private static ValidatableResponse get(String claims) {
        long now = Instant.now().getEpochSecond();
        String whole = claims.replaceFirst(
                "\\{", "{\"iss\": \"siaran\", \"iat\": %d, \"exp\": %d, ".formatted(now, now + 600));
        return given().auth()
                .oauth2(TestServers.tokenOf(whole))
                .get(NOTES + "/mine")
                .then();
    }
}
