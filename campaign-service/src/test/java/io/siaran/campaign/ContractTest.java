package io.siaran.campaign;

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
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import jakarta.inject.Inject;
import java.net.URI;
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
    Cast cast;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void the_document_leaves_nothing_out() {
        assertThat(DocumentedOperations.gaps("/docs/campaign/openapi")).isEmpty();
    }

    @Test
    void who_has_seen_another_version_changes_nothing() {
        // Given
        DeviceId merah = cast.device(USER);
        LeadId ani = Cast.lead(USER, merah, Cast.ANI);
        CampaignId campaign = Cast.campaign(USER, Map.of());
        operator()
                .body(Map.of("phone", Cast.BUDI, "reason", "asked"))
                .post("/api/v1/suppressions")
                .then()
                .statusCode(201);

        // When // Then
        assertThat(StaleVersions.of("/docs/campaign/openapi", ContractTest::operator)
                        .on("/api/v1/leads/{id}", "/api/v1/leads/" + ani)
                        .telling("patchLead", Map.of("name", "Ani binti Ali"))
                        .on("/api/v1/campaigns/{id}", "/api/v1/campaigns/" + campaign)
                        .telling("patchCampaign", Map.of("title", "White Friday Sale"))
                        .on("/api/v1/suppressions/{phone}", "/api/v1/suppressions/" + Cast.BUDI)
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
        "leads?niche=, niche",
        "leads?q=a&q=b, q",
        "leads?trigger&limit=5, trigger",
        "leads?colour=red, colour",
        "leads?limit=1&limit=2, limit",
        "campaigns?status=, status",
        "campaigns?status=scheduled&status=, status",
        "campaigns?from=2027-01-01&from=2027-01-02, from",
        "campaigns?niche=%20, niche",
        "campaigns?cursor=, cursor"
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
    @CsvSource({"PUT, leads/ID", "PATCH, leads/ID", "PUT, campaigns/ID", "PATCH, campaigns/ID"})
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
        return Cast.operator(USER);
    }
}
