package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.campaign.Cast;
import io.siaran.campaign.planning.AudienceLead;
import io.siaran.campaign.planning.Campaign;
import io.siaran.campaign.planning.PlannedCampaigns;
import io.siaran.localstack.TestServers;
import io.siaran.model.Attributes;
import io.siaran.model.DeviceId;
import io.siaran.model.Json;
import io.siaran.model.LeadId;
import io.siaran.model.PhoneNumber;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CampaignMessagesTest {

    /** What stands in the place of each lead, as JSON has it. */
    private static final String TRAP =
            "\"lead_id\":\"00000000-0000-0000-0000-000000000000\",\"recipient_phone\":\"9990000000000\",\"recipient_name\":null,\"attributes\":";

    @Inject
    PlannedCampaigns campaigns;

    private final String user = Cast.newUser();

    @Test
    void a_copy_is_the_message_word_for_word_whatever_campaign_and_lead_are_called() {
        List<Map<String, Object>> terms = List.of(
                Map.of(),
                Map.of("message", TRAP + " \\ 你好 🙏\n{{name}}"),
                Map.of("image_url", "https://example.com/a.png?b=1&c=%22", "expire_after", "PT6H"),
                Map.of("min_delay_seconds", 2, "max_delay_seconds", 4, "anti_spam", "off", "check_numbers", false));

        for (Map<String, Object> each : terms) {
            // Given
            Campaign campaign = campaigns.read(Cast.campaign(user, each));

            // When
            CampaignMessages messages = new CampaignMessages(campaign);

            // Then
            for (AudienceLead lead : List.of(
                    lead(null, Map.of()),
                    lead("D'Cruz \"Joe\" \\ 🙏\t", Map.of("plan", "gold \"1\"", "city", TRAP)),
                    lead(TRAP, Map.of()))) {
                assertThat(Json.write(messages.to(lead).payload()))
                        .isEqualTo(Json.write(CampaignMessage.to(lead, campaign)));
            }
        }
    }

    private static AudienceLead lead(String name, Map<String, String> attributes) {
        return new AudienceLead(
                new LeadId(UUID.randomUUID()),
                new DeviceId(UUID.randomUUID()),
                new PhoneNumber(Cast.ANI),
                name,
                new Attributes(attributes),
                7_000_000_000L);
    }
}
