package io.siaran.dispatch;

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
import io.siaran.model.BroadcastMessage;
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
    Stage stage;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Test
    void the_document_leaves_nothing_out() {
        assertThat(DocumentedOperations.gaps("/docs/dispatch/openapi")).isEmpty();
    }

    @Test
    void who_has_seen_another_version_changes_nothing() {
        // Given
        stage.reset();
        BroadcastMessage message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
        stage.store(message);
        String webhook = aminah().body(Map.of("url", "https://crm.example/siaran"))
                .post("/api/v1/webhooks")
                .then()
                .statusCode(201)
                .extract()
                .header("Location");

        // When // Then
        assertThat(StaleVersions.of("/docs/dispatch/openapi", ContractTest::aminah)
                        .on("/api/v1/messages/{id}", "/api/v1/messages/" + message.id())
                        .telling("resolveMessage", Map.of("outcome", "sent"))
                        .on("/api/v1/webhooks/{id}", URI.create(webhook).getPath())
                        .telling("patchWebhook", Map.of("enabled", false))
                        .gaps())
                .isEmpty();
    }

    @Test
    void what_rules_panels_and_pages_ask_for_is_there_from_the_start_and_explained() {
        assertThat(FromTheStart.gaps()).isEmpty();
    }

    @Test
    void the_pool_of_the_engines_and_the_pool_of_those_who_look_are_told_apart() {
        assertThat(Scrape.of(management.resolve("metrics")).series())
                .anyMatch(line -> line.startsWith("sql_pool_active{pool_name=\"default\""))
                .anyMatch(line -> line.startsWith("sql_pool_active{pool_name=\"reads\""));
    }

    @Test
    void no_series_is_one_of_a_device_a_person_or_a_host() {
        operator().get("/api/v1/nothing/" + UUID.randomUUID()).then().statusCode(404);

        Scrape scrape = Scrape.of(management.resolve("metrics"));

        assertThat(scrape.unbounded()).isEmpty();
        assertThat(scrape.series()).hasSizeBetween(100, Scrape.MOST);
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
        "messages?campaign_id=&status=pending, campaign_id",
        "messages?q=a&q=b, q",
        "messages?kind&limit=5, kind",
        "messages?colour=red, colour",
        "messages?limit=1&limit=2, limit",
        "messages?status=sent&status=, status",
        "messages?status=asleep, status",
        "queue?cursor=, cursor",
        "queue?q=x, q"
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
    @CsvSource({"POST, messages/ID/resolve"})
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

    private static RequestSpecification aminah() {
        return given().auth()
                .oauth2(TestServers.token(Cast.AMINAH.value(), "operator"))
                .contentType("application/json");
    }
}
