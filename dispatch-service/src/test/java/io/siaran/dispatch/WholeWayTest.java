package io.siaran.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignProgress;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceCommand;
import io.siaran.model.Json;
import io.siaran.model.MessageState;
import io.siaran.model.MessageStatus;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.Recall;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service with its clocks on, between the planners and a gateway that the test plays. */
@QuarkusTest
@TestProfile(WholeWayTest.ClocksOn.class)
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WholeWayTest {

    public static class ClocksOn implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // Nobody listens there: what is traced is nobody's to hear, and stands beside the metrics all the
                    // same.
                    "siaran.tracing.endpoint", "http://127.0.0.1:9",
                    "siaran.tracing.share", "1",
                    "siaran.release.enabled", "true",
                    "siaran.events.enabled", "true",
                    "siaran.webhooks.enabled", "true",
                    "siaran.rest.fair-share.requests-per-minute", "50",
                    "quarkus.scheduler.enabled", "true");
        }
    }

    @Inject
    Stage stage;

    @Inject
    Publisher publisher;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @BeforeEach
    void setTheScene() {
        stage.reset();
    }

    @Test
    void a_campaign_message_is_sent_and_everybody_is_told() {
        try (var sends = new Listener(Topic.DEVICE_SENDS);
                var statuses = new Listener(Topic.MESSAGE_STATUS);
                var progress = new Listener(Topic.CAMPAIGN_PROGRESS)) {
            // Given
            BroadcastMessage message = Cast.campaign(Cast.MERAH, Cast.ANI, 1);
            publish(Topic.BROADCAST_MESSAGES, message);
            JsonNode heard = sends.hear(is(message));
            Send send = (Send) Json.read(heard.toString(), DeviceCommand.class);

            // When
            publish(Topic.DELIVERY_EVENTS, accepted(send));

            // Then
            MessageStatus status = Json.read(statuses.hear(is(message)).toString(), MessageStatus.class);
            assertThat(status.status()).isEqualTo(MessageState.SENT);
            assertThat(status.leadId()).isEqualTo(Cast.ANI);
            CampaignProgress told = Json.read(
                    progress.hear(record -> record.path("sent").asInt() == 1).toString(), CampaignProgress.class);
            assertThat(told.stored()).isEqualTo(1);
            assertThat(told.campaignId()).isEqualTo(Cast.BLACK_FRIDAY);
            assertThat(send.message()).isEqualTo(message.message());
        }
    }

    @Test
    void from_how_late_it_was_and_how_long_it_was_here_one_comes_to_the_trace_of_the_message() {
        try (var sends = new Listener(Topic.DEVICE_SENDS);
                var statuses = new Listener(Topic.MESSAGE_STATUS)) {
            // Given
            BroadcastMessage message = Cast.campaign(Cast.MERAH, Cast.CITRA, 1);
            publish(Topic.BROADCAST_MESSAGES, message);

            // When
            publish(Topic.DELIVERY_EVENTS, accepted((Send)
                    Json.read(sends.hear(is(message)).toString(), DeviceCommand.class)));
            statuses.hear(is(message));

            // Then
            String trace = "trace_id=\"" + message.id().toString().replace("-", "") + "\"";
            assertThat(exemplars("siaran_message_lateness_seconds_bucket"))
                    .filteredOn(line -> line.contains(trace))
                    .hasSize(1);
            assertThat(exemplars("siaran_message_accepted_to_sent_seconds_bucket"))
                    .filteredOn(line -> line.contains(trace))
                    .hasSize(1);
        }
    }

    /** As a Prometheus asks that is told to take OpenMetrics alone (docs/operations.md): to the others Quarkus tells none. */
    private List<String> exemplars(String metric) {
        return given().accept("application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.4")
                .get(management.resolve("metrics"))
                .then()
                .statusCode(200)
                .contentType(startsWith("application/openmetrics-text"))
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(metric))
                .toList();
    }

    @Test
    void a_campaign_that_is_cancelled_in_flight_is_recalled_and_ends_cancelled() {
        try (var sends = new Listener(Topic.DEVICE_SENDS);
                var statuses = new Listener(Topic.MESSAGE_STATUS)) {
            // Given
            BroadcastMessage message = Cast.campaign(Cast.MERAH, Cast.BUDI, 1);
            publish(Topic.BROADCAST_MESSAGES, message);
            sends.hear(is(message));

            // When
            publisher.publish(List.of(new OutboxRecord(
                    Topic.PLANS,
                    Cast.BLACK_FRIDAY.toString(),
                    new Plan(
                            Cast.BLACK_FRIDAY.value(),
                            PlanKind.CAMPAIGN,
                            Cast.AMINAH,
                            PlanStatus.CANCELLED,
                            1,
                            "Black Friday Sale",
                            2,
                            false,
                            false,
                            null))));
            Recall recall = (Recall) Json.read(
                    sends.hear(is(message)
                                    .and(record ->
                                            record.path("record").asText().equals("recall")))
                            .toString(),
                    DeviceCommand.class);
            publish(
                    Topic.DELIVERY_EVENTS,
                    new DeliveryEvent.Returned(
                            recall.messageId(),
                            recall.tryNo(),
                            recall.userId(),
                            recall.deviceId(),
                            Instant.now(),
                            ReturnReason.RECALLED,
                            null,
                            null));

            // Then
            assertThat(statuses.hear(is(message)).path("status").asText()).isEqualTo("cancelled");
        }
    }

    @Test
    void a_direct_message_asked_for_by_rest_reaches_the_gateway() {
        try (var sends = new Listener(Topic.DEVICE_SENDS)) {
            // When
            String id = given().auth()
                    .oauth2(TestServers.token("aminah", "operator"))
                    .contentType("application/json")
                    .body(Map.of(
                            "device_id",
                            Cast.BIRU.toString(),
                            "recipient_phone",
                            "0123456789",
                            "message",
                            "Hello",
                            "attributes",
                            Map.of("plan", "gold")))
                    .post("/api/v1/messages")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");

            // Then
            JsonNode send =
                    sends.hear(record -> record.path("message_id").asText().equals(id));
            assertThat(send.path("attributes").path("plan").asText()).isEqualTo("gold");
            assertThat(send.path("min_delay").asInt()).isEqualTo(10);
            assertThat(send.path("max_delay").asInt()).isEqualTo(30);
        }
    }

    @Test
    void one_who_asks_without_end_is_told_when_to_ask_again_and_others_are_answered() {
        String greedy = TestServers.token("greedy-" + UUID.randomUUID(), "viewer");
        int answered = 0;
        while (answered < 200
                && given().auth().oauth2(greedy).get("/api/v1/queue").statusCode() == 200) {
            answered++;
        }

        assertThat(answered).isBetween(50, 100);
        given().auth()
                .oauth2(greedy)
                .get("/api/v1/queue")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[1-9]"));
        given().auth()
                .oauth2(TestServers.token("another-" + UUID.randomUUID(), "viewer"))
                .get("/api/v1/queue")
                .then()
                .statusCode(200);
    }

    @Test
    void the_documents_and_the_metrics_are_there() {
        given().get("/docs/dispatch/openapi").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health").then().statusCode(404);
        given().get("/q/metrics").then().statusCode(404);
        given().get(management.resolve("health")).then().statusCode(200);
        await().untilAsserted(() -> assertThat(
                        given().get(management.resolve("metrics")).asString())
                .contains("siaran_queue_depth", "siaran_release_batch"));
    }

    private void publish(Topic topic, BroadcastMessage message) {
        publisher.publish(List.of(new OutboxRecord(topic, message.deviceId().toString(), message)));
    }

    private void publish(Topic topic, DeliveryEvent event) {
        publisher.publish(List.of(new OutboxRecord(topic, event.deviceId().toString(), event)));
    }

    private static DeliveryEvent accepted(Send send) {
        return new DeliveryEvent.Accepted(
                send.messageId(), send.tryNo(), send.userId(), send.deviceId(), Instant.now(), "wamid", send.message());
    }

    private static Predicate<JsonNode> is(BroadcastMessage message) {
        return record -> record.path("message_id").asText().equals(message.id().toString());
    }
}
