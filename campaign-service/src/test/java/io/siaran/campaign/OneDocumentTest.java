package io.siaran.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where no front door is, campaign-service hands out the one document of all services. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class OneDocumentTest {

    private static final String PATH = "/docs/openapi.json";

    @Test
    void everybody_reads_the_committed_document_of_all_services() throws IOException {
        JsonNode committed =
                new YAMLMapper().readTree(Path.of("../docs/openapi.yaml").toFile());

        for (int time = 0; time < 2; time++) {
            String answer = given().get(PATH)
                    .then()
                    .statusCode(200)
                    .contentType("application/json")
                    .extract()
                    .asString();
            assertThat(new ObjectMapper().readTree(answer)).isEqualTo(committed);
        }
        assertThat(committed.path("paths").has("/api/v1/devices")).isTrue();
    }

    @Test
    void it_says_how_long_it_is() {
        assertThat(Integer.parseInt(
                        given().head(PATH).then().statusCode(200).extract().header("Content-Length")))
                .isGreaterThan(100_000);
    }
}
