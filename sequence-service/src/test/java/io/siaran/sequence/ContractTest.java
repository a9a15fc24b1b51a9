package io.siaran.sequence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.contract.DocumentedOperations;
import io.siaran.localstack.contract.RequestLog;
import io.siaran.localstack.contract.StaleVersions;
import io.siaran.localstack.metrics.FromTheStart;
import io.siaran.localstack.metrics.Scrape;
import io.siaran.model.SequenceId;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for every operation of this service. That answers are as documented is checked in every other test. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ContractTest {

    private static final String USER = "contract-" + UUID.randomUUID();

    private static final String FORMAT =
            ConfigProvider.getConfig().getValue("quarkus.log.console.format", String.class);

    @Inject
    Stage stage;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void the_document_leaves_nothing_out() {
        assertThat(DocumentedOperations.gaps("/docs/sequence/openapi")).isEmpty();
    }

    @Test
    void who_has_seen_another_version_changes_nothing() {
        // Given
        Tenant toko = stage.tenant();
        SequenceId fitness = toko.sequence(Fitness.challenge(2));
        Tenant.Lead ani = toko.lead("Ani").told();
        String sequence = "/api/v1/sequences/" + fitness;
        toko.as("operator")
                .body(Map.of("lead_ids", List.of(ani.id().toString())))
                .post(sequence + "/contacts")
                .then()
                .statusCode(202);
        stage.pass();

        // When // Then
        assertThat(StaleVersions.of("/docs/sequence/openapi", () -> toko.as("operator"))
                        .on("/api/v1/sequences/{id}", sequence)
                        .telling("patchSequence", Map.of("name", "Fitness for all"))
                        .on("/api/v1/sequences/{id}/contacts/{lead_id}", sequence + "/contacts/" + ani.id())
                        .gaps())
                .isEmpty();
    }

    @Test
    void what_rules_panels_and_pages_ask_for_is_there_from_the_start_and_explained() {
        assertThat(FromTheStart.gaps()).isEmpty();
    }

    @Test
    void no_series_is_one_of_a_device_a_person_or_a_host() {
        operator().get("/api/v1/nothing/" + UUID.randomUUID()).then().statusCode(404);

        Scrape scrape = Scrape.of(management.resolve("metrics"));

        assertThat(scrape.unbounded()).isEmpty();
        assertThat(scrape.series()).hasSizeBetween(100, Scrape.MOST);
    }

    @Test
    void health_and_metrics_are_told_beside_the_port_of_the_callers() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
        given().get(management.resolve("health")).then().statusCode(200);
        given().get(management.resolve("metrics")).then().statusCode(200);
    }

    @Test
    void what_is_logged_for_a_request_has_its_id_also_off_the_event_loop() {
        String id = "mine-" + UUID.randomUUID();
        try (RequestLog log = RequestLog.open(FORMAT)) {
            operator()
                    .header("X-Request-Id", id)
                    .get("/api/v1/failures")
                    .then()
                    .statusCode(500)
                    .header("X-Request-Id", equalTo(id));

            assertThat(log.linesWith(id))
                    .anyMatch(line -> line.contains("WARN") && line.contains("virtual=true"))
                    .anyMatch(line -> line.contains("ERROR") && line.contains("error_id="));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sequences?niche=, niche",
        "sequences?q=a&q=b, q",
        "sequences?trigger&limit=5, trigger",
        "sequences?colour=red, colour",
        "sequences?limit=1&limit=2, limit",
        "sequences?status=, status",
        "sequences?status=asleep, status",
        "sequences?cursor=, cursor"
    })
    void a_query_that_would_drop_a_filter_is_refused(String path, String parameter) {
        operator()
                .urlEncodingEnabled(false)
                .get("/api/v1/" + path)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("violations.field", contains(parameter));
    }

    @ParameterizedTest
    @CsvSource({"PUT, sequences/ID", "PATCH, sequences/ID"})
    void what_is_not_the_callers_is_not_there_whatever_is_sent_with_it(String method, String path) {
        String absent = "/api/v1/" + path.replace("ID", UUID.randomUUID().toString());
        for (String body : new String[] {"", "[]", "{\"colour\": 1}", "{\"colour\": "}) {
            operator().body(body).request(method, absent).then().statusCode(404).body("code", equalTo("not_found"));
        }
        operator()
                .contentType("application/xml")
                .body("<a/>")
                .request(method, absent)
                .then()
                .statusCode(404);
    }

    private static RequestSpecification operator() {
        return given().auth().oauth2(TestServers.token(USER, "operator")).contentType("application/json");
    }
}
