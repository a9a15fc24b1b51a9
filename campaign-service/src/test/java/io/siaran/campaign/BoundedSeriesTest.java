package io.siaran.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.localstack.TestServers;
import io.siaran.localstack.metrics.Scrape;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Prometheus stores of campaign-service does not grow with tenants, devices and campaigns. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class BoundedSeriesTest {

    private static final int SHOPS = 20;
    private static final int DEVICES = 3;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Cast cast;

    @Test
    void many_shops_with_their_devices_and_campaigns_bring_no_series_of_their_own() {
        // Given
        open(0);
        Scrape before = Scrape.of(management.resolve("metrics"));

        // When
        List<CampaignId> campaigns =
                IntStream.rangeClosed(1, SHOPS).mapToObj(this::open).toList();

        // Then
        assertThat(campaigns).doesNotHaveDuplicates();
        Scrape after = Scrape.of(management.resolve("metrics"));
        assertThat(after.since(before)).isEmpty();
        assertThat(after.unbounded()).isEmpty();
        assertThat(after.series()).hasSizeLessThan(Scrape.MOST);
    }

    /** A shop that writes to people of each of its devices, and looks. */
    private CampaignId open(int number) {
        String user = Cast.newUser();
        for (int each = 0; each < DEVICES; each++) {
            DeviceId device = cast.device(user);
            Cast.lead(user, device, Cast.phone(number * DEVICES + each));
        }
        CampaignId campaign = Cast.campaign(user, Map.of("title", "Sale " + number));
        Cast.trigger(user, campaign);
        await().atMost(Duration.ofSeconds(60)).until(() -> cast.fanOutHasEnded(campaign));
        Cast.status(user, campaign);
        Cast.as(user, "viewer")
                .get("/api/v1/campaigns/" + UUID.randomUUID())
                .then()
                .statusCode(404);
        return campaign;
    }
}
