package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadId;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is published again, since the topic lost some of it, hours after the first time. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RepetitionTest {

    @Inject
    Cast cast;

    @Inject
    Database database;

    @Inject
    FanOut fanOut;

    @Inject
    FanOutStore store;

    @Inject
    FanOutScene scene;

    private final String user = Cast.newUser();

    @ParameterizedTest
    @ValueSource(strings = {"once", "each"})
    void who_was_left_out_since_the_device_was_offline_gets_nothing_of_a_repetition(String duplicates) {
        // Given
        DeviceId asleep = cast.device(user, DeviceStatus.OFFLINE);
        lead(user, asleep, BUDI);
        LeadId ani = lead(user, cast.device(user), ANI);
        CampaignId campaign = scene.published(user, Map.of("offline_devices", "skip", "duplicate_phones", duplicates));

        // When
        database.run("UPDATE devices SET status = 'online' WHERE id = $1", asleep.value());
        repeat(campaign);

        // Then
        assertThat(cast.published(campaign))
                .hasSize(2)
                .extracting(BroadcastMessage::leadId)
                .containsOnly(ani);
    }

    @Test
    void who_began_to_match_or_opted_in_since_gets_nothing_of_a_repetition() {
        // Given
        DeviceId merah = cast.device(user);
        LeadId ani = lead(user, merah, ANI);
        lead(user, merah, BUDI);
        cast.suppress(user, BUDI);
        LeadId citra = lead(user, Map.of("device_id", merah, "phone", CITRA, "niche", "food"));
        CampaignId campaign = scene.published(user, Map.of());

        // When
        Cast.operator(user).delete("/api/v1/suppressions/" + BUDI).then().statusCode(204);
        Cast.patch(user, citra, Map.of("niche", "ecommerce"));
        repeat(campaign);

        // Then
        assertThat(cast.published(campaign))
                .hasSize(2)
                .extracting(BroadcastMessage::leadId)
                .containsOnly(ani);
    }

    private void repeat(CampaignId campaign) {
        database.run(
                "UPDATE fanouts SET ended_at = ended_at - interval '7 hours' WHERE campaign_id = $1", campaign.value());
        database.run("UPDATE run_progress SET stored_at = '2020-01-01' WHERE campaign_id = $1", campaign.value());
        store.repeatLost();
        fanOut.nudge();
        await().until(() -> cast.fanOutHasEnded(campaign));
    }
}
