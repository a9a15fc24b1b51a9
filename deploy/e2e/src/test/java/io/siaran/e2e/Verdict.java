package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of a campaign however often processes died under it. */
final class Verdict {

    private static final Set<String> ENDED = Set.of("sent", "unknown");

    private Verdict() {}

    /**
     * Waits until the campaign has ended, then compares every message with the phones: nothing twice, nothing missing but
     * what stands as unknown, of which there are as many as calls were cut.
     */
    static void nothingDoubledAndNothingLost(
            Shop shop, Ledger ledger, String campaign, int stored, int fewestCut, int mostCut) {
        await().atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    assertThat(messages(shop, campaign))
                            .hasSize(stored)
                            .allMatch(message ->
                                    ENDED.contains(message.get("status").asText()));
                    assertThat(shop.crm()
                                    .get("/campaigns/" + campaign)
                                    .get("status")
                                    .asText())
                            .isEqualTo("completed");
                });
        Map<String, Long> timesOfPhone = ledger.of(shop.credentials()).stream()
                .collect(Collectors.groupingBy(Ledger.Delivery::phone, Collectors.counting()));
        List<JsonNode> messages = messages(shop, campaign);
        long unknown = withStatus(messages, "unknown").size();
        System.out.printf("  %d messages: %d delivered, %d unknown%n", stored, timesOfPhone.size(), unknown);
        assertThat(timesOfPhone.values()).as("nothing is sent twice").allMatch(times -> times == 1);
        assertThat(withStatus(messages, "sent"))
                .as("what stands as sent was received")
                .allMatch(message ->
                        timesOfPhone.containsKey(message.get("recipient_phone").asText()));
        assertThat(unknown)
                .as("calls that were cut, and only they, are unknown")
                .isBetween((long) fewestCut, (long) mostCut);
    }

    private static List<JsonNode> messages(Shop shop, String campaign) {
        return shop.crm().all("/messages?campaign_id=" + campaign);
    }

    private static List<JsonNode> withStatus(List<JsonNode> messages, String status) {
        return messages.stream()
                .filter(message -> message.get("status").asText().equals(status))
                .toList();
    }
}
