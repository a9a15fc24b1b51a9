package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code up} itself killed, Kafka with it, in mid-campaign: the next one ends what was left and goes on. */
class KilledUpIT {

    private static final int LEADS = 150;

    @Test
    void killing_up_in_mid_campaign_and_going_on_doubles_nothing_and_loses_nothing() {
        try (UpCommand siaran = new UpCommand()) {
            // Given
            siaran.up();
            Shop dian = new Shop(
                    "kedai-dian", new Crm(siaran.baseUrl(), siaran.token("kedai-dian")), siaran.simulatorUrl());
            Ledger ledger = new Ledger(siaran.simulatorUrl());
            dian.leads(LEADS, "merah", dian.device("merah"), "books", "");
            UUID campaign = dian.triggeredCampaign("Books", "books", "New books are here, come and read");
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ledger.of(dian.credentials()).size() >= 40);

            // When
            siaran.killUp();
            siaran.up();

            // Then
            Verdict.nothingDoubledAndNothingLost(dian, ledger, campaign, LEADS, 0, 1);
            siaran.interruptUp();
            assertThat(siaran.processesLeft()).as("processes after Ctrl-C").isZero();
        }
    }
}
