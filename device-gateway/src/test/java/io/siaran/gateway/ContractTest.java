package io.siaran.gateway;

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
import io.siaran.model.UserId;
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

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void the_document_leaves_nothing_out() {
        assertThat(DocumentedOperations.gaps("/docs/gateway/openapi")).isEmpty();
    }

    @Test
    void who_has_seen_another_version_changes_nothing() {
        // Given
        Cast.Registered merah = Cast.onlineDevice(new UserId(USER), "merah");
        operator()
                .body(Map.of("rate_per_minute", 60))
                .put("/api/v1/sending-rules")
                .then()
                .statusCode(200);

        // When // Then
        assertThat(StaleVersions.of("/docs/gateway/openapi", ContractTest::operator)
                        .on("/api/v1/devices/{id}", "/api/v1/devices/" + merah.id())
                        .telling("changeDevice", Map.of("hourly_cap", 5))
                        .on("/api/v1/sending-rules", "/api/v1/sending-rules")
                        .gaps())
                .isEmpty();
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

    @Test
    void what_rules_panels_and_pages_ask_for_is_there_from_the_start_and_explained() {
        assertThat(FromTheStart.gaps()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "devices?status=, status",
        "devices?q=a&q=b, q",
        "devices?platform&limit=5, platform",
        "devices?colour=red, colour",
        "devices?limit=1&limit=2, limit",
        "devices?status=online&status=, status",
        "devices?status=asleep, status",
        "devices?cursor=, cursor",
        "sending-rules?q=x, q"
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
    @CsvSource({"PUT, devices/ID", "PATCH, devices/ID"})
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
        return Cast.as(new UserId(USER), "operator");
    }
}
