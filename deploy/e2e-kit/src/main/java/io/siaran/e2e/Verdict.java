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
        compare(shop.crm().messages(campaign), ledger.of(shop.credentials()), fewestCut, mostCut);
    }

    /** The same of messages that have ended, whatever made them, and of all that the phones of those people received. */
    static void compare(List<Message> messages, List<Ledger.Delivery> deliveries, int fewestCut, int mostCut) {
        Map<String, List<String>> textsOfPhone = deliveries.stream()
                .collect(Collectors.groupingBy(
                        Ledger.Delivery::phone,
                        Collectors.mapping(each -> Reading.plain(each.text()), Collectors.toList())));
        Map<MessageState, List<Long>> times = messages.stream()
                .collect(Collectors.groupingBy(
                        Message::getStatus,
                        Collectors.mapping(each -> timesReceived(each, textsOfPhone), Collectors.toList())));
        List<Long> unknown = times.getOrDefault(MessageState.UNKNOWN, List.of());
        System.out.printf(
                "  %d messages: %d delivered, %d unknown%n", messages.size(), deliveries.size(), unknown.size());
        assertThat(times.keySet()).isSubsetOf(ENDED);
        assertThat(times.get(MessageState.SENT))
                .as("what stands as sent was received once")
                .containsOnly(1L);
        assertThat(unknown).as("nothing is sent twice").allMatch(each -> each <= 1);
        assertThat(deliveries)
                .as("nothing is received that no message tells of")
                .hasSize((int) times.values().stream()
                        .flatMap(List::stream)
                        .mapToLong(each -> each)
                        .sum());
        assertThat(unknown)
                .as("calls that were cut, and only they, are unknown")
                .hasSizeBetween(fewestCut, mostCut);
    }

    private static long timesReceived(Message message, Map<String, List<String>> textsOfPhone) {
        return textsOfPhone.getOrDefault(message.getRecipientPhone(), List.of()).stream()
                .filter(text -> text.contains(message.getMessage()))
                .count();
    }
}
