package io.siaran.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign over twenty devices of two processes of the WhatsApp bridge, while people answer, processes are killed, two of
 * them fight for one session, and the gateway is away for the bridge. The fake of WhatsApp judges: what reached whom.
 *
 * <p>{@code -Dbridge.kills=20 -Dbridge.away=60} kills more often, and keeps the gateway away for a minute.
 */
@ExtendWith(PackagedStack.class)
class BridgeIT {

    private static final int DEVICES = 20;
    private static final int KILLS = Integer.getInteger("bridge.kills", 5);
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("bridge.away", 10));
    /** So many that the campaign outlasts the kills. */
    private static final int LEADS_OF_A_DEVICE = 5 + 2 * KILLS;

    private static final int REPLIES_OF_A_DEVICE = 4;
    private static final int FIGHTS = 10;
    /** What an installation promises; its settings are slower than those here, see {@link Bridges}. */
    private static final Duration TAKEN_OVER = Duration.ofSeconds(30);

    private static final String TEXT = "New phones are here, have a look";

    private final PackagedStack.Running siaran;
    private final Random random = new Random(7);

    @TempDir
    Path logs;

    private Bridges bridges;

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
            System.out.println(
                    "The WhatsApp bridge was not tested end to end: npm is not installed, or cannot install it.");
            abort("npm is not installed");
        }
        // Given
        bridges = new Bridges(siaran.stack(), logs).start();
        Shop dewi = siaran.shop("kedai-dewi");
        LinkedFleet fleet = new LinkedFleet(dewi.crm(), bridges, "601177", DEVICES);
        fleet.devices().forEach((phone, device) -> dewi.leads(LEADS_OF_A_DEVICE, phone, device, "gadget", ""));

        // When
        long begun = System.nanoTime();
        UUID campaign = dewi.triggeredCampaign("Gadgets", "gadget", TEXT);
        await().atMost(Duration.ofMinutes(3)).until(() -> bridges.arrivals().size() >= DEVICES);
        // On threads of their own: the common pool has one on two cores, and would do one after the other.
        CompletableFuture<Void> answers =
                CompletableFuture.runAsync(() -> peopleAnswer(dewi, fleet), Thread::startVirtualThread);
        CompletableFuture<Void> door = CompletableFuture.runAsync(this::theGatewayIsAway, Thread::startVirtualThread);
        for (int kill = 0; kill < KILLS; kill++) {
            kill(bridges.processes().get(kill % 2), kill % 5 == 2, fleet);
            if (kill == KILLS / 2) {
                fight(fleet.devices().values().iterator().next());
            }
        }
        bridges.processes().forEach(NodeProcess::awaitReady);
        CompletableFuture.allOf(answers, door).join();

        // Then
        new BridgeVerdict(dewi.crm(), bridges, fleet)
                .everythingOnceOrNobodyKnows(campaign, TEXT, DEVICES * LEADS_OF_A_DEVICE, DEVICES * KILLS + FIGHTS);
        System.out.printf("  after %d kills, in %d s%n", KILLS, (System.nanoTime() - begun) / 1_000_000_000);
    }

    private void peopleAnswer(Shop shop, LinkedFleet fleet) {
        List<String> people = new ArrayList<>(shop.deviceOfPhone().keySet());
        for (int i = 0; i < REPLIES_OF_A_DEVICE; i++) {
            for (String phone : fleet.devices().keySet()) {
                fleet.says(people.get(random.nextInt(people.size())), phone, "Berapa harga? " + i + " " + phone);
                pause(150);
            }
        }
    }

    /** First it takes nothing; then it takes what it is told and does not say so, so that it is told once more. */
    private void theGatewayIsAway() {
        bridges.door().shut();
        pause((int) AWAY.toMillis());
        bridges.door().open();
        bridges.door().loseAnswers(true);
        pause(3_000);
        bridges.door().loseAnswers(false);
    }

    /** At any point of what it does. One that stays away is gone: the other one takes its sessions over. */
    private void kill(NodeProcess victim, boolean staysAway, LinkedFleet fleet) {
        victim.awaitReady();
        pause(random.nextInt(1_500));
        victim.kill();
        if (staysAway) {
            long gone = System.nanoTime();
            await().atMost(TAKEN_OVER)
                    .until(() -> bridges.connected(fleet.devices().keySet()) == DEVICES);
            System.out.printf("  taken over within %.1f s%n", (System.nanoTime() - gone) / 1e9);
        }
        victim.start();
    }

    /** Both processes are told, in turn, that the session is theirs. */
    private void fight(UUID device) {
        bridges.processes().forEach(NodeProcess::awaitReady);
        for (int i = 0; i < FIGHTS; i++) {
            bridges.take(device, i % 2);
            pause(random.nextInt(300));
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
