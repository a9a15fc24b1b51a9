package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.InboundView;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What must be true of a campaign through the bridge, whatever died under it: judged by the phones of the fake. */
record BridgeVerdict(Crm crm, Bridges bridges, LinkedFleet fleet) {

    /** Waits for the end first. @param mostUnknown of which nobody knows whether they left: calls that were cut */
    void everythingOnceOrNobodyKnows(UUID campaign, String text, int stored, int mostUnknown) {
        awaitTheEnd(campaign, stored);
        everyMessageIsOnItsPhoneOnce(text);
        everyAnswerIsToldOnce();
        assertThat(bridges.connected(fleet.devices().keySet()))
                .as("no phone stays off")
                .isEqualTo(fleet.devices().size());
        long unknown = crm.messages(campaign).stream()
                .filter(message -> message.getStatus() == MessageState.UNKNOWN)
                .count();
        System.out.printf(
                "  %d messages over the bridge: %d on their phones, %d unknown%n",
                stored, reached().size(), unknown);
        assertThat(unknown).as("only calls that were cut are unknown").isLessThanOrEqualTo(mostUnknown);
    }

    private void awaitTheEnd(UUID campaign, int stored) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    // First what costs little to ask: reading every message takes the cores that are to send them.
                    assertThat(crm.campaign(campaign).getStatus()).isEqualTo(CampaignStatus.COMPLETED);
                    Set<String> reached = reached();
                    assertThat(crm.messages(campaign))
                            .hasSize(stored)
                            .allSatisfy(message -> assertThat(isSettled(message, reached))
                                    .as("%s %s", message.getStatus(), message.getReadAt())
                                    .isTrue());
                    assertThat(crm.desk().inbound())
                            .hasSizeGreaterThanOrEqualTo(fleet.said().size());
                });
    }

    /** What is on a phone is known to be there, and that it was read; of what is on none nobody knows. */
    private static boolean isSettled(Message message, Set<String> reached) {
        return reached.contains(message.getRecipientPhone())
                ? message.getStatus() == MessageState.SENT && message.getReadAt() != null
                : message.getStatus() == MessageState.UNKNOWN;
    }

    private Set<String> reached() {
        return bridges.arrivals().stream().map(Bridges.Arrival::phone).collect(Collectors.toSet());
    }

    private void everyMessageIsOnItsPhoneOnce(String text) {
        Map<String, List<Bridges.Arrival>> ofPhone =
                bridges.arrivals().stream().collect(Collectors.groupingBy(Bridges.Arrival::phone));
        assertThat(ofPhone.values())
                .as("nothing is sent twice")
                .allSatisfy(arrivals -> assertThat(arrivals)
                        .filteredOn(arrival -> !arrival.retry())
                        .hasSize(1));
        assertThat(bridges.arrivals())
                .as("everything can be read")
                .allSatisfy(arrival -> assertThat(arrival.text()).isNotNull())
                .allSatisfy(arrival -> assertThat(Reading.plain(arrival.text())).contains(text));
    }

    private void everyAnswerIsToldOnce() {
        Map<String, String> told = crm.desk().inbound().stream()
                // toMap refuses a text that comes twice
                .collect(Collectors.toMap(InboundView::getText, reply -> reply.getPhone() + " " + reply.getDeviceId()));
        assertThat(told).isEqualTo(fleet.said());
    }
}
