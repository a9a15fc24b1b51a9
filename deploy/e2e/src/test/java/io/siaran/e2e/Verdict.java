package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What must be true of a campaign however often processes died under it. */
final class Verdict {

    private static final Set<MessageState> ENDED = Set.of(MessageState.SENT, MessageState.UNKNOWN);

    private Verdict() {}

    /**
     * Waits until the campaign has ended, then compares every message with the phones: nothing twice, nothing missing but
     * what stands as unknown, of which there are as many as calls were cut.
     */
    static void nothingDoubledAndNothingLost(
            Shop shop, Ledger ledger, UUID campaign, int stored, int fewestCut, int mostCut) {
        await().atMost(Duration.ofMinutes(6))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    // First what costs little to ask: reading every message takes the cores that are to send them.
                    assertThat(shop.crm().campaign(campaign).getStatus()).isEqualTo(CampaignStatus.COMPLETED);
                    assertThat(shop.crm().messages(campaign))
                            .hasSize(stored)
                            .allMatch(message -> ENDED.contains(message.getStatus()));
                });
        Map<String, Long> timesOfPhone = ledger.of(shop.credentials()).stream()
                .collect(Collectors.groupingBy(Ledger.Delivery::phone, Collectors.counting()));
        List<Message> messages = shop.crm().messages(campaign);
        long unknown = withStatus(messages, MessageState.UNKNOWN).size();
        System.out.printf("  %d messages: %d delivered, %d unknown%n", stored, timesOfPhone.size(), unknown);
        assertThat(timesOfPhone.values()).as("nothing is sent twice").allMatch(times -> times == 1);
        assertThat(withStatus(messages, MessageState.SENT))
                .as("what stands as sent was received")
                .allMatch(message -> timesOfPhone.containsKey(message.getRecipientPhone()));
        assertThat(unknown)
                .as("calls that were cut, and only they, are unknown")
                .isBetween((long) fewestCut, (long) mostCut);
    }

    private static List<Message> withStatus(List<Message> messages, MessageState status) {
        return messages.stream()
                .filter(message -> message.getStatus() == status)
                .toList();
    }
}
