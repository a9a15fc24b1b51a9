package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign over twenty devices of two processes of the WhatsApp bridge, while people answer, processes are killed, two of
 * them fight for one session, and the gateway is away for the bridge. The fake of WhatsApp judges: what reached whom.
 */
@ExtendWith(PackagedStack.class)
class BridgeIT {

    private static final int DEVICES = 20;
    private static final int LEADS_OF_A_DEVICE = 8;
    private static final int REPLIES_OF_A_DEVICE = 4;
    private static final int KILLS = 20;
    private static final int FIGHTS = 10;
    private static final String TEXT = "New phones are here, have a look";

    private final PackagedStack.Running siaran;
    /** The devices by their own phones. */
    private final Map<String, UUID> devices = new LinkedHashMap<>();
    /** What people wrote, by its text: from whom, to which device. */
    private final Map<String, String> said = new HashMap<>();

    private final Random random = new Random(7);

    @TempDir
    Path logs;

    private Bridges bridges;
    private Shop dewi;

    BridgeIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @AfterEach
    void stop() {
        if (bridges != null) {
            bridges.close();
        }
    }

    @Test
    void killing_the_bridge_doubles_nothing_loses_nothing_and_tells_everything_once() {
        if (NodeProcess.node().isEmpty()) {
            System.out.println("The WhatsApp bridge was not tested end to end: npm is not installed, or cannot install it.");
            abort("npm is not installed");
        }
        // Given
        bridges = new Bridges(siaran.stack(), logs).start();
        dewi = siaran.shop("kedai-dewi");
        for (int i = 0; i < DEVICES; i++) {
            devices.put("601177%05d".formatted(i), register("dewi-" + i));
        }
        devices.forEach(this::link);
        devices.forEach((phone, device) -> dewi.leads(LEADS_OF_A_DEVICE, phone, device, "gadget", ""));

        // When
        UUID campaign = dewi.triggeredCampaign("Gadgets", "gadget", TEXT);
        awaitSent(campaign, DEVICES);
        CompletableFuture<Void> answers = CompletableFuture.runAsync(this::peopleAnswer);
        bridges.door().shut();
        killAndKill(KILLS / 2);
        bridges.door().open();
        fight(devices.values().iterator().next());
        bridges.door().loseAnswers(true);
        killAndKill(KILLS / 2);
        bridges.door().loseAnswers(false);
        answers.join();

        // Then
        awaitTheEnd(campaign);
        everyMessageIsOnItsPhoneOnceOrNobodyKnows(campaign);
        everyAnswerIsToldOnce();
    }

    private UUID register(String name) {
        JsonNode device = post(
                "/devices",
                Map.of("name", name, "platform", "", "min_delay_seconds", 2, "max_delay_seconds", 3),
                201);
        return UUID.fromString(device.get("id").asText());
    }

    private void link(String phone, UUID device) {
        boolean[] scanned = {false};
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200)).until(() -> {
            JsonNode link = post("/devices/" + device + "/connect", Map.of(), 200);
            if (link.get("state").asText().equals("scan") && !scanned[0]) {
                bridges.scan(link.get("qr").asText(), phone);
                scanned[0] = true;
            }
            return link.get("state").asText().equals("linked");
        });
    }

    private void awaitSent(UUID campaign, int atLeast) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> dewi.crm().messages(campaign).stream()
                                .filter(message -> message.getStatus() == MessageState.SENT)
                                .count()
                        >= atLeast);
    }

    private void peopleAnswer() {
        List<String> people = new ArrayList<>(dewi.deviceOfPhone().keySet());
        for (int i = 0; i < REPLIES_OF_A_DEVICE; i++) {
            for (String phone : devices.keySet()) {
                String from = people.get(random.nextInt(people.size()));
                String text = "Berapa harga? " + said.size();
                bridges.say(from, phone, text);
                said.put(text, from + " " + devices.get(phone));
                pause(150);
            }
        }
    }

    /** One process after the other, each when it works again: at any point of what it does. */
    private void killAndKill(int kills) {
        for (int i = 0; i < kills; i++) {
            NodeProcess victim = bridges.processes().get(i % 2);
            victim.awaitReady();
            pause(random.nextInt(800));
            victim.kill();
            victim.start();
        }
        bridges.processes().forEach(NodeProcess::awaitReady);
    }

    private void fight(UUID device) {
        for (int i = 0; i < FIGHTS; i++) {
            bridges.take(device, i % 2);
            pause(random.nextInt(300));
        }
    }

    private void awaitTheEnd(UUID campaign) {
        await().atMost(Duration.ofSeconds(150))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    Set<String> reached = reached();
                    assertThat(dewi.crm().messages(campaign))
                            .hasSize(DEVICES * LEADS_OF_A_DEVICE)
                            .allSatisfy(message -> assertThat(isSettled(message, reached))
                                    .as("%s %s", message.getStatus(), message.getReadAt())
                                    .isTrue());
                    assertThat(dewi.crm().campaign(campaign).getStatus()).isEqualTo(CampaignStatus.COMPLETED);
                    assertThat(inbound()).hasSizeGreaterThanOrEqualTo(said.size());
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

    private void everyMessageIsOnItsPhoneOnceOrNobodyKnows(UUID campaign) {
        Map<String, List<Bridges.Arrival>> ofPhone =
                bridges.arrivals().stream().collect(Collectors.groupingBy(Bridges.Arrival::phone));
        assertThat(ofPhone.values()).as("nothing is sent twice").allSatisfy(arrivals -> assertThat(arrivals)
                .filteredOn(arrival -> !arrival.retry())
                .hasSize(1));
        assertThat(ofPhone.values()).as("everything can be read").allSatisfy(arrivals -> assertThat(arrivals)
                .anySatisfy(arrival ->
                        assertThat(Reading.plain(arrival.text())).contains(TEXT)));
        long unknown = dewi.crm().messages(campaign).stream()
                .filter(message -> message.getStatus() == MessageState.UNKNOWN)
                .count();
        System.out.printf(
                "  %d messages over the bridge: %d on their phones, %d unknown%n",
                DEVICES * LEADS_OF_A_DEVICE, ofPhone.size(), unknown);
        assertThat(unknown).as("only calls that were cut are unknown").isLessThanOrEqualTo(2 * KILLS);
    }

    private void everyAnswerIsToldOnce() {
        Map<String, String> told = inbound().stream()
                // toMap refuses a text that comes twice
                .collect(Collectors.toMap(
                        reply -> reply.get("text").asText(),
                        reply -> reply.get("phone").asText() + " "
                                + reply.get("device_id").asText()));
        assertThat(told).isEqualTo(said);
    }

    private List<JsonNode> inbound() {
        List<JsonNode> all = new ArrayList<>();
        String answer = dewi.crm().exchange("GET", "/inbound-messages?limit=500", "").body();
        Crm.tree(answer).get("items").forEach(all::add);
        return all;
    }

    private JsonNode post(String path, Map<String, Object> body, int status) {
        HttpResponse<String> answer = dewi.crm().exchange("POST", path, Crm.json(body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return Crm.tree(answer.body());
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
