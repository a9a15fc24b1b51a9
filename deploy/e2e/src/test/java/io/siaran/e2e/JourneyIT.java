package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 3 devices of 2 users, 300 leads, one campaign and one two-step sequence: each lead gets each text once. */
@ExtendWith(PackagedStack.class)
class JourneyIT {

    private static final String SALE = "50% off everything today only!";
    private static final String WELCOME = "Welcome to the challenge, day one";
    private static final String WORKOUT = "Your first workout awaits";

    private final PackagedStack.Running siaran;

    JourneyIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void every_lead_gets_the_campaign_and_both_steps_once_from_its_own_device() {
        // Given
        Shop ani = siaran.shop("kedai-ani");
        Shop budi = siaran.shop("kedai-budi");
        ani.leads(100, "merah", ani.device("merah"), "ecommerce,outfit", "fitness_start");
        ani.leads(100, "biru", ani.device("biru"), "ecommerce", "fitness_start");
        budi.leads(100, "hijau", budi.device("hijau"), "ecommerce", "fitness_start");
        String sequence = ani.crm().post("/sequences", fitness()).get("id").asText();

        // When
        String campaign = ani.triggeredCampaign("Black Friday Sale", "ecommerce", SALE);
        ani.crm().post("/sequences/" + sequence + "/activate", Map.of());

        // Then
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    assertThat(siaran.ledger().of(ani.credentials())).hasSizeGreaterThanOrEqualTo(600);
                    assertThat(ani.crm()
                                    .get("/campaigns/" + campaign)
                                    .get("status")
                                    .asText())
                            .isEqualTo("completed");
                    assertThat(leadsWithTrigger(ani)).isEmpty();
                });
        List<Ledger.Delivery> delivered = siaran.ledger().of(ani.credentials());
        assertThat(delivered).hasSize(600);
        assertEachLeadOnceFromItsOwnDevice(ani, delivered);
        assertStepOneBeforeStepTwo(delivered);
        assertStatusesAddUp(ani, campaign, sequence);
        assertThat(siaran.ledger().of(budi.credentials()))
                .as("the other user's leads")
                .isEmpty();
        assertThat(budi.crm().all("/messages")).isEmpty();
    }

    private static void assertEachLeadOnceFromItsOwnDevice(Shop shop, List<Ledger.Delivery> delivered) {
        for (String text : List.of(SALE, WELCOME, WORKOUT)) {
            Map<String, String> deviceOfPhone = delivered.stream()
                    .filter(delivery -> carries(delivery, text))
                    // toMap refuses a phone that comes twice
                    .collect(Collectors.toMap(Ledger.Delivery::phone, Ledger.Delivery::device));
            assertThat(deviceOfPhone).as(text).isEqualTo(shop.deviceOfPhone());
        }
        assertThat(delivered)
                .allSatisfy(delivery -> assertThat(Reading.plain(delivery.text()))
                        .as("greeting with the whole name, a blank line, the text")
                        .matches("(?s)[^\\n]*(D'Cruz|Cik|kawan)[^\\n]*\\n\\n.+"));
    }

    private static void assertStepOneBeforeStepTwo(List<Ledger.Delivery> delivered) {
        Map<String, List<String>> steps = delivered.stream()
                .filter(delivery -> !carries(delivery, SALE))
                .collect(Collectors.groupingBy(
                        Ledger.Delivery::phone,
                        Collectors.mapping(d -> carries(d, WELCOME) ? "welcome" : "workout", Collectors.toList())));
        assertThat(steps.values()).allMatch(List.of("welcome", "workout")::equals);
    }

    private static void assertStatusesAddUp(Shop shop, String campaign, String sequence) {
        assertThat(shop.crm().all("/messages?campaign_id=" + campaign))
                .hasSize(200)
                .allMatch(message -> message.get("status").asText().equals("sent"));
        JsonNode report = shop.crm().get("/campaigns/" + campaign + "/report").get("totals");
        assertThat(report.get("should_send").asLong()).isEqualTo(200);
        assertThat(report.get("sent").asLong()).isEqualTo(200);
        assertThat(List.of("pending", "processing", "failed", "cancelled", "unknown"))
                .allMatch(status -> report.get(status).asLong() == 0);
        assertThat(shop.crm().all("/sequences/" + sequence + "/contacts"))
                .hasSize(400)
                .allMatch(contact -> contact.get("status").asText().equals("sent"));
    }

    private static List<JsonNode> leadsWithTrigger(Shop shop) {
        return shop.crm().all("/leads?trigger=fitness_start");
    }

    private static boolean carries(Ledger.Delivery delivery, String text) {
        return Reading.plain(delivery.text()).contains(text);
    }

    private static Map<String, Object> fitness() {
        return Map.of(
                "name", "Fitness Challenge",
                "niche", "",
                "trigger", "fitness_start",
                "target_status", "all",
                "steps",
                        List.of(
                                Map.of(
                                        "day_number",
                                        1,
                                        "trigger",
                                        "fitness_start",
                                        "next_trigger",
                                        "fitness_day2",
                                        "trigger_delay_hours",
                                        0,
                                        "is_entry_point",
                                        true,
                                        "message_type",
                                        "text",
                                        "content",
                                        WELCOME),
                                Map.of(
                                        "day_number",
                                        2,
                                        "trigger",
                                        "fitness_day2",
                                        "trigger_delay_hours",
                                        0,
                                        "is_entry_point",
                                        false,
                                        "message_type",
                                        "text",
                                        "content",
                                        WORKOUT)));
    }
}
