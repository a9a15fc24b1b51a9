package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.AuditEntry;
import io.siaran.client.model.CampaignCounts;
import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.ContactStatus;
import io.siaran.client.model.MessageState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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

        // When
        UUID campaign = ani.triggeredCampaign("Black Friday Sale", "ecommerce", SALE);
        UUID sequence = ani.activeSequence("Fitness Challenge", "fitness_start", WELCOME, WORKOUT);

        // Then
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    // First what costs little to ask: reading every message takes the cores that are to send them.
                    assertThat(ani.crm().campaign(campaign).getStatus()).isEqualTo(CampaignStatus.COMPLETED);
                    assertThat(siaran.ledger().of(ani.credentials())).hasSizeGreaterThanOrEqualTo(600);
                    assertThat(ani.crm().leads("fitness_start")).isEmpty();
                });
        List<Ledger.Delivery> delivered = siaran.ledger().of(ani.credentials());
        assertThat(delivered).hasSize(600);
        assertEachLeadOnceFromItsOwnDevice(ani, delivered);
        assertStepOneBeforeStepTwo(delivered);
        assertStatusesAddUp(ani, campaign, sequence);
        assertTheAuditKnows(ani, campaign, "created", "triggered");
        assertTheAuditKnows(ani, sequence, "activated", "created");
        assertThat(actions(budi, campaign)).isEmpty();
        assertThat(siaran.ledger().of(budi.credentials()))
                .as("the other user's leads")
                .isEmpty();
        assertThat(budi.crm().messages()).isEmpty();
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

    private static void assertStatusesAddUp(Shop shop, UUID campaign, UUID sequence) {
        assertThat(shop.crm().messages(campaign))
                .hasSize(200)
                .allMatch(message -> message.getStatus() == MessageState.SENT);
        CampaignCounts report = shop.crm().report(campaign).getTotals();
        assertThat(report.getShouldSend()).isEqualTo(200);
        assertThat(report.getSent()).isEqualTo(200);
        assertThat(List.of(
                        report.getPending(),
                        report.getProcessing(),
                        report.getFailed(),
                        report.getCancelled(),
                        report.getUnknown()))
                .containsOnly(0L);
        assertThat(shop.crm().contacts(sequence))
                .hasSize(400)
                .allMatch(contact -> contact.getStatus() == ContactStatus.SENT);
    }

    private static void assertTheAuditKnows(Shop shop, UUID subject, String... done) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(actions(shop, subject)).containsExactlyInAnyOrder(done));
    }

    private static List<String> actions(Shop shop, UUID subject) {
        return shop.crm().desk().audit(subject).stream()
                .map(AuditEntry::getAction)
                .toList();
    }

    private static boolean carries(Ledger.Delivery delivery, String text) {
        return Reading.plain(delivery.text()).contains(text);
    }
}
