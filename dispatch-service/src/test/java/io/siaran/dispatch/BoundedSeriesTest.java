package io.siaran.dispatch;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.metrics.Scrape;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.Cause;
import io.siaran.model.Content;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import io.siaran.model.MessageId;
import io.siaran.model.Pace;
import io.siaran.model.Recipient;
import io.siaran.model.Schedule;
import io.siaran.model.UserId;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Prometheus stores of dispatch-service does not grow with tenants, devices and campaigns. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BoundedSeriesTest {

    private static final int SHOPS = 20;
    private static final int DEVICES = 20;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Test
    void many_shops_with_their_devices_and_campaigns_bring_no_series_of_their_own() {
        // Given
        stage.reset();
        open(0);
        Scrape before = Scrape.of(management.resolve("metrics"));

        // When
        IntStream.rangeClosed(1, SHOPS).forEach(this::open);

        // Then
        assertThat(stage.statuses())
                .containsEntry("sent", (SHOPS + 1) * (DEVICES - 2L))
                .containsEntry("failed", SHOPS + 1L);
        Scrape after = Scrape.of(management.resolve("metrics"));
        assertThat(after.since(before)).isEmpty();
        assertThat(after.unbounded()).isEmpty();
        assertThat(after.series()).hasSizeLessThan(Scrape.MOST);
        stage.reset();
    }

    /** A shop whose campaign goes out by each of its devices: one is held, one is refused its contact. It looks as well. */
    private void open(int number) {
        UserId shop = new UserId("shop-" + number + "-" + UUID.randomUUID());
        CampaignId campaign = new CampaignId(UUID.randomUUID());
        List<BroadcastMessage> messages =
                Stream.generate(() -> message(shop, campaign)).limit(DEVICES).toList();
        messages.forEach(message -> stage.online(message.deviceId(), shop));
        stage.store(messages);
        while (stage.release().devices() > 0) {
            // There are more.
        }
        Stream<DeliveryEvent> sent = messages.stream().skip(2).map(message -> events.accepted(message, 1));
        Stream<DeliveryEvent> others = Stream.of(
                events.deferred(messages.get(0), 1, Instant.now().plus(Duration.ofHours(1)), DeferReason.RATE_LIMITED),
                events.rejected(messages.get(1), 1));
        events.settle(Stream.concat(sent, others).toArray(DeliveryEvent[]::new));
        stage.fold();
        for (String path :
                List.of("messages", "queue", "messages/" + messages.getFirst().id())) {
            given().auth()
                    .oauth2(TestServers.token(shop.value(), "viewer"))
                    .get("/api/v1/" + path)
                    .then()
                    .statusCode(200);
        }
    }

    private static BroadcastMessage message(UserId shop, CampaignId campaign) {
        Instant planned = Cast.aMinuteAgo();
        LeadId lead = new LeadId(UUID.randomUUID());
        return new BroadcastMessage(
                MessageId.ofCampaign(planned, campaign, 1, lead),
                shop,
                new DeviceId(UUID.randomUUID()),
                new Cause.Campaign(lead, campaign, 1),
                new Recipient(Cast.phone(lead), "Ani"),
                Content.of("50% off everything today only!", null, "ecommerce", null),
                Pace.ofSeconds(0, 0),
                new Schedule(Cast.KUALA_LUMPUR, planned, planned.plus(Duration.ofDays(7))));
    }
}
