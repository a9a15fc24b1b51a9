package io.siaran.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Invariants 3 and 4 on processes that die: nothing is sent twice, and nothing is missing but what says so. */
@ExtendWith(PackagedStack.class)
class KilledServiceIT {

    private static final int LEADS_OF_A_DEVICE = 150;

    private final PackagedStack.Running siaran;

    KilledServiceIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void killing_each_service_in_mid_campaign_doubles_nothing_and_loses_nothing() {
        // Given
        Shop citra = siaran.shop("kedai-citra");
        citra.leads(LEADS_OF_A_DEVICE, "merah", citra.device("merah"), "gadget", "");
        citra.leads(LEADS_OF_A_DEVICE, "biru", citra.device("biru"), "gadget", "");
        citra.credentials().forEach(device -> siaran.ledger().holdEveryCallOpen(device, Duration.ofMillis(400)));

        // When
        UUID campaign = citra.triggeredCampaign("Gadgets", "gadget", "New phones are here, have a look");
        List<String> victims = List.of("campaign", "gateway", "dispatch", "sequence", "gateway");
        for (String victim : victims) {
            awaitSomeMoreDelivered(citra);
            siaran.stack().service(victim).kill();
            siaran.stack().service(victim).awaitHealthy(Duration.ofMinutes(2));
        }

        // Then: two gateways died with two devices each, whose calls are open nearly all the time
        Verdict.nothingDoubledAndNothingLost(citra, siaran.ledger(), campaign, 2 * LEADS_OF_A_DEVICE, 1, 4);
    }

    private void awaitSomeMoreDelivered(Shop shop) {
        int goal = Math.min(delivered(shop) + 25, 2 * LEADS_OF_A_DEVICE);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> delivered(shop) >= goal);
    }

    private int delivered(Shop shop) {
        return siaran.ledger().of(shop.credentials()).size();
    }
}
