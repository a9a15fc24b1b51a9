package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.localstack.TestServers;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ExpectedEndsTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOutScene scene;

    @Inject
    ExpectedEnds ends;

    @Inject
    PlannedCampaigns campaigns;

    @Test
    void what_was_sent_before_the_last_was_published_is_not_expected_once_more() {
        // Given
        String user = Cast.newUser();
        DeviceId merah = cast.device(user);
        for (int i = 0; i < 4; i++) {
            Cast.lead(user, merah, Cast.phone(i));
        }
        CampaignId campaign = scene.published(user, Map.of("min_delay_seconds", 600, "max_delay_seconds", 600));

        // When
        database.run(
                "INSERT INTO campaign_progress VALUES ($1, 1, $2, $3, 1, 4, 2, 0, 1, 1, 0, 0, 0, 0, '{}')",
                campaign.value(),
                merah.value(),
                user);
        database.run("UPDATE fanouts SET expected_end = NULL WHERE campaign_id = $1", campaign.value());
        Instant before = Instant.now();
        ends.note(new Leased(campaign, 1, UUID.randomUUID(), null, before, false), campaigns.read(campaign));

        // Then
        Instant expected = database.run("SELECT expected_end FROM fanouts WHERE campaign_id = $1", campaign.value())
                .iterator()
                .next()
                .get(OffsetDateTime.class, "expected_end")
                .toInstant();
        assertThat(expected).isBetween(before.plusSeconds(601), before.plusSeconds(660));
    }
}
