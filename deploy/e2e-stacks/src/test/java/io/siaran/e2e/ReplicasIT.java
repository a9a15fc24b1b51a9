package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.CampaignCounts;
import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import io.siaran.localstack.launcher.Replicas;
import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Invariants 3 and 4 where two processes of each service share the work: the one that is left takes over the other's. */
class ReplicasIT {

    private static final Replicas TWO_OF_EACH = Replicas.parse("gateway=2,dispatch=2,campaign=2,sequence=2");
    private static final int LEADS_OF_A_DEVICE = 12;
    private static final int WALKERS = 6;
    private static final int DEVICES = 4;
    private static final String SALE = "Two for the price of one";
    private static final String WELCOME = "Welcome to the challenge, day one";
    private static final String WORKOUT = "Your first workout awaits";
    /** Shorter than what a gateway waits for an answer here, and long enough to find nearly every device in mid-call. */
    private static final Duration LONG_CALL = Duration.ofSeconds(4);

    private static final Pattern LANES = Pattern.compile("(?m)^siaran_lanes (\\S+)$");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void one_of_two_of_each_service_dies_in_mid_campaign_and_the_others_double_nothing_and_lose_nothing() {
        // None comes back: what it had at hand is for the one that is left.
        try (PackagedStack.Running siaran = new PackagedStack.Running(TWO_OF_EACH, false)) {
            // Given
            Shop ani = siaran.shop("kedai-ani");
            Shop budi = siaran.shop("kedai-budi");
            ani.leads(LEADS_OF_A_DEVICE, "merah", ani.device("merah"), "outfit", "");
            UUID biru = ani.device("biru");
            ani.leads(LEADS_OF_A_DEVICE, "biru", biru, "outfit", "");
            ani.leads(WALKERS, "biru", biru, "sport", "fitness_start");
            budi.leads(LEADS_OF_A_DEVICE, "merah", budi.device("merah"), "outfit", "");
            budi.leads(LEADS_OF_A_DEVICE, "biru", budi.device("biru"), "outfit", "");
            credentials(ani, budi).forEach(device -> siaran.ledger().holdEveryCallOpen(device, LONG_CALL));

            // When
            ani.activeSequence("Fitness Challenge", "fitness_start", WELCOME, WORKOUT);
            awaitDevicesThatSpeak(siaran.ledger(), 1, ani);
            Map<Shop, UUID> campaigns = Map.of(
                    ani, ani.triggeredCampaign("Sale", "outfit", SALE),
                    budi, budi.triggeredCampaign("Sale", "outfit", SALE));
            awaitDevicesThatSpeak(siaran.ledger(), DEVICES, ani, budi);
            int inFlight = killOneOfEach(siaran);
            siaran.ledger().holdNoCallOpen();

            // Then
            campaigns.forEach(ReplicasIT::awaitItsEnd);
            awaitTheEndOfEveryWalk(ani);
            campaigns.forEach(ReplicasIT::assertCountsAddUp);
            Verdict.compare(
                    messages(ani, budi).toList(),
                    received(siaran.ledger(), ani, budi).toList(),
                    1,
                    inFlight);
        }
    }

    private static Stream<String> credentials(Shop... shops) {
        return Stream.of(shops).flatMap(shop -> shop.credentials().stream());
    }

    /** Each has told its first phone by then, and has a call open from then on. */
    private static void awaitDevicesThatSpeak(Ledger ledger, int count, Shop... shops) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> received(ledger, shops)
                                .map(Ledger.Delivery::device)
                                .distinct()
                                .count()
                        == count);
    }

    private static Stream<Ledger.Delivery> received(Ledger ledger, Shop... shops) {
        return Stream.of(shops).flatMap(shop -> ledger.of(shop.credentials()).stream());
    }

    private static Stream<Message> messages(Shop... shops) {
        return Stream.of(shops).flatMap(shop -> shop.crm().messages().stream());
    }

    /**
     * The gateway that speaks for more devices goes, at a moment when each has something to say. Gives how many they are: one
     * call of each is cut, unless it was between two.
     */
    private static int killOneOfEach(PackagedStack.Running siaran) {
        List<String> gateways = siaran.stack().managementUrls(Service.GATEWAY);
        List<Integer> lanes = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> gateways.stream().map(ReplicasIT::lanes).toList(), ReplicasIT::isEveryDevice);
        int busier = lanes.getFirst() >= lanes.getLast() ? 0 : 1;
        Stream.of(List.of("gateway", "gateway-2").get(busier), "dispatch", "campaign", "sequence")
                .forEach(victim -> siaran.stack().service(victim).kill());
        return lanes.get(busier);
    }

    private static boolean isEveryDevice(List<Integer> lanes) {
        return lanes.stream().mapToInt(Integer::intValue).sum() == DEVICES;
    }

    /** How many devices have something to say at that gateway. */
    private static int lanes(String gateway) {
        try (InputStream metrics = URI.create(gateway + "/q/metrics").toURL().openStream()) {
            Matcher lanes = LANES.matcher(new String(metrics.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(lanes.find()).isTrue();
            return (int) Double.parseDouble(lanes.group(1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void awaitItsEnd(Shop shop, UUID campaign) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> shop.crm().campaign(campaign).getStatus() == CampaignStatus.COMPLETED);
    }

    /** Whoever's first step was received gets the second one, and whoever's is unknown waits. */
    private static void awaitTheEndOfEveryWalk(Shop shop) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            List<Message> messages = shop.crm().messages();
            List<Message> first = carrying(messages, WELCOME);
            assertThat(first).hasSize(WALKERS);
            assertThat(carrying(messages, WORKOUT)).hasSameSizeAs(withStatus(first, MessageState.SENT));
            assertThat(messages).extracting(Message::getStatus).isSubsetOf(MessageState.SENT, MessageState.UNKNOWN);
        });
    }

    private static void assertCountsAddUp(Shop shop, UUID campaign) {
        List<Message> messages = shop.crm().messages(campaign);
        CampaignCounts counts = shop.crm().report(campaign).getTotals();
        assertThat(messages).hasSize(2 * LEADS_OF_A_DEVICE);
        assertThat(List.of(counts.getShouldSend(), counts.getSent(), counts.getUnknown()))
                .as("to send, sent, unknown")
                .containsExactly(
                        2L * LEADS_OF_A_DEVICE,
                        (long) withStatus(messages, MessageState.SENT).size(),
                        (long) withStatus(messages, MessageState.UNKNOWN).size());
    }

    private static List<Message> carrying(List<Message> messages, String text) {
        return messages.stream().filter(each -> each.getMessage().equals(text)).toList();
    }

    private static List<Message> withStatus(List<Message> messages, MessageState status) {
        return messages.stream().filter(each -> each.getStatus() == status).toList();
    }
}
