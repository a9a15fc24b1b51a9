package io.siaran.campaign.fanout;

import static io.siaran.campaign.Cast.ANI;
import static io.siaran.campaign.Cast.BUDI;
import static io.siaran.campaign.Cast.CITRA;
import static io.siaran.campaign.Cast.lead;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.campaign.Cast;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.CampaignId;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.LeadSnapshot;
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A phone that is corrected after the campaign got another text. That a message of the text before is not sent is said by the plan as well,
 * but on another topic, which may lag.
 */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EarlierTextTest {

    @Inject
    Cast cast;

    @Inject
    FanOutScene scene;

    private final String user = Cast.newUser();
    private DeviceId biru;
    private LeadId budi;
    private CampaignId campaign;

    @BeforeEach
    void aniAndBudiAreReached() {
        lead(user, cast.device(user), ANI);
        biru = cast.device(user);
        budi = lead(user, biru, BUDI);
        campaign = scene.published(user, Map.of());
    }

    @Test
    void what_an_earlier_text_has_queued_is_taken_back_where_the_next_one_has_not_begun() {
        // Given
        move("pause");
        edit();

        // When
        ValidatableResponse corrected = Cast.patch(user, budi, Map.of("phone", ANI));

        // Then
        corrected.body("warnings.code", contains("message_taken_back"));
        await().untilAsserted(() -> assertThat(cast.withdrawn(biru)).containsExactly(messageOfBudi(1)));
        await().untilAsserted(() -> assertThat(cast.published(Topic.LEADS, budi, LeadSnapshot.class)
                        .getLast()
                        .withdrawn())
                .containsExactly(messageOfBudi(1)));
    }

    @Test
    void who_is_corrected_once_more_before_the_next_text_begins_gets_that_one() {
        // Given
        move("pause");
        edit();
        Cast.patch(user, budi, Map.of("phone", ANI));

        // When
        ValidatableResponse again = Cast.patch(user, budi, Map.of("phone", CITRA));

        // Then
        again.body("warnings", empty());
        move("resume");
        nextTextIsPublished();
        assertThat(cast.published(campaign))
                .filteredOn(message -> message.run() == 2 && message.leadId().equals(budi))
                .extracting(message -> message.recipientPhone().digits())
                .containsExactly(CITRA);
    }

    @Test
    void what_an_earlier_text_has_queued_is_taken_back_with_what_the_latest_has() {
        // Given
        edit();
        nextTextIsPublished();

        // When
        ValidatableResponse corrected = Cast.patch(user, budi, Map.of("phone", ANI));

        // Then
        corrected.body("warnings.code", contains("message_taken_back"));
        await().untilAsserted(() ->
                assertThat(cast.withdrawn(biru)).containsExactlyInAnyOrder(messageOfBudi(1), messageOfBudi(2)));
    }

    private void edit() {
        Cast.operator(user)
                .body(Json.write(Map.of("message", "Only 30% now")))
                .patch("/api/v1/campaigns/" + campaign)
                .then()
                .statusCode(200);
    }

    private void nextTextIsPublished() {
        await().until(() -> cast.published(campaign).stream().anyMatch(message -> message.run() == 2));
        await().until(() -> cast.fanOutsHaveEnded(campaign));
    }

    private void move(String move) {
        Cast.operator(user)
                .post("/api/v1/campaigns/" + campaign + "/" + move)
                .then()
                .statusCode(200);
    }

    private MessageId messageOfBudi(int run) {
        return cast.published(campaign).stream()
                .filter(message -> message.run() == run && message.leadId().equals(budi))
                .map(BroadcastMessage::id)
                .findFirst()
                .orElseThrow();
    }
}
