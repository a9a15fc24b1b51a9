package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.client.model.CampaignReport;
import io.siaran.client.model.CampaignStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a preview expects, and the report of the campaign, beside what the phones received. */
@ExtendWith(PackagedStack.class)
class ForecastIT {

    private static final int LEADS_OF_A_DEVICE = 20;

    private final PackagedStack.Running siaran;

    ForecastIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void a_campaign_ends_when_its_forecast_says() {
        // Given
        Shop shop = siaran.shop("kedai-ramal");
        for (String fast : List.of("merah", "biru")) {
            shop.leads(LEADS_OF_A_DEVICE, fast, shop.device(fast, 0, 1), "ramalan", "");
        }
        for (String slow : List.of("hijau", "kuning", "ungu")) {
            shop.leads(LEADS_OF_A_DEVICE, slow, shop.device(slow, 2, 3), "ramalan", "");
        }
        UUID campaign = shop.campaign("Forecast", "ramalan", "Until when?");
        JsonNode preview = shop.crm().post("/campaigns/" + campaign + "/preview", "");
        Duration expected = Duration.between(at(preview, "starts_at"), at(preview, "expected_end"));
        assertThat(preview.get("queue_known").asBoolean()).isTrue();

        // When
        Instant begun = Instant.now();
        shop.crm().trigger(campaign);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> shop.crm().campaign(campaign).getStatus() == CampaignStatus.COMPLETED);

        // Then
        List<Ledger.Delivery> delivered = siaran.ledger().of(shop.credentials());
        assertThat(delivered).hasSize(5 * LEADS_OF_A_DEVICE);
        Instant ended = delivered.getLast().at();
        // A tenth, and a second until the first message is with its device.
        long tolerance = expected.toMillis() / 10 + 1_000;
        assertThat(Duration.between(begun, ended).toMillis())
                .as("beside the preview")
                .isCloseTo(expected.toMillis(), within(tolerance));
        CampaignReport report = shop.crm().report(campaign);
        assertThat(report.getExpectedEnd().toInstant().toEpochMilli())
                .as("beside the report")
                .isCloseTo(ended.toEpochMilli(), within(tolerance));
        assertThat(report.getEndedAt().toInstant()).isAfter(ended);
    }

    private static Instant at(JsonNode preview, String field) {
        return Instant.parse(preview.get(field).asText());
    }
}
