package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.FailureReason;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import io.siaran.localstack.launcher.Service;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A shop whose messages wait while it is stopped, and of which three things were told to Kafka and read by nobody: a STOP, a campaign that was
 * cancelled, and a phone that was corrected. Their readers' tables take no rows meanwhile, as on a full disk.
 */
final class UnreadFacts {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DISK_IS_FULL = "53100";
    private static final String NEW_PHONE = "60139990001";

    private final Shop shop;
    private final Ledger ledger;
    private final UUID givenUp;
    private final UUID kept;
    private final Message stopping;
    private final Message moving;

    /** Nothing of it is released: its user has stopped the queue. */
    UnreadFacts(Shop shop, Ledger ledger) {
        this.shop = shop;
        this.ledger = ledger;
        UUID device = shop.heard("hijau");
        shop.crm().post("/queue/stop", "{\"scope\":\"user\",\"reason\":\"a drill\"}");
        shop.leads(2, "hijau", device, "given-up", "");
        shop.leads(2, "hijau", device, "kept", "");
        givenUp = shop.triggeredCampaign("Given up", "given-up", "Nobody gets this");
        kept = shop.triggeredCampaign("Kept", "kept", "One of two gets this");
        await().atMost(PATIENCE).until(() -> shop.crm().messages(givenUp, kept).size() == 4);
        List<Message> messages = shop.crm().messages(kept);
        stopping = messages.getFirst();
        moving = messages.getLast();
    }

    /** Returns once Kafka has acknowledged all of it. */
    void tell(UpCommand siaran) {
        ServiceDatabase campaign = siaran.database(Service.CAMPAIGN);
        ServiceDatabase dispatch = siaran.database(Service.DISPATCH);
        ServiceDatabase gateway = siaran.database(Service.GATEWAY);
        campaign.refuse("opt_out_replies", "true", DISK_IS_FULL);
        dispatch.refuse("plans", "true", DISK_IS_FULL);
        dispatch.refuse("leads", "true", DISK_IS_FULL);
        shop.crm().post("/campaigns/" + givenUp + "/cancel", "");
        assertThat(shop.crm()
                        .exchange("PATCH", "/leads/" + moving.getLeadId(), Crm.json(Map.of("phone", NEW_PHONE)))
                        .statusCode())
                .isEqualTo(200);
        ledger.tell(
                "/control/replies",
                Crm.json(Map.of(
                        "platform",
                        "wablas",
                        "device",
                        shop.credentials().iterator().next(),
                        "phone",
                        stopping.getRecipientPhone(),
                        "text",
                        "STOP")));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(gateway.number("SELECT count(*) FROM inbound_messages")).isOne();
            assertThat(gateway.number("SELECT count(*) FROM outbox")).isZero();
            assertThat(campaign.number("SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM lead_news)"))
                    .isZero();
        });
    }

    /** While no service runs: who was behind could go on, if anything were told. */
    void letReadersGoOn(UpCommand siaran) {
        siaran.database(Service.CAMPAIGN).take("opt_out_replies");
        siaran.database(Service.DISPATCH).take("plans");
        siaran.database(Service.DISPATCH).take("leads");
        assertThat(siaran.database(Service.CAMPAIGN).number("SELECT count(*) FROM suppressions"))
                .as("nobody has read the STOP")
                .isZero();
        assertThat(siaran.database(Service.DISPATCH)
                        .number("SELECT count(*) FROM plans WHERE id = '%s' AND status = 'active'".formatted(givenUp)))
                .as("nobody has read that it was cancelled")
                .isOne();
        assertThat(siaran.database(Service.DISPATCH)
                        .number("SELECT count(*) FROM leads WHERE phone = '%s'".formatted(NEW_PHONE)))
                .as("nobody has read the correction")
                .isZero();
    }

    /** Ends the stop of the shop; then everything has to be as if it had been read. */
    void verify() {
        shop.crm().exchange("POST", "/queue/resume", "{\"scope\":\"user\"}");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(shop.crm().messages(givenUp))
                    .extracting(Message::getStatus)
                    .containsOnly(MessageState.CANCELLED);
            assertThat(message(stopping).getStatus()).isEqualTo(MessageState.FAILED);
            assertThat(message(stopping).getFailureReason()).isEqualTo(FailureReason.SUPPRESSED);
            assertThat(message(moving).getStatus()).isEqualTo(MessageState.SENT);
        });
        assertThat(ledger.of(shop.credentials()))
                .extracting(Ledger.Delivery::phone)
                .containsExactly(NEW_PHONE);
        assertThat(shop.crm()
                        .exchange("GET", "/suppressions/" + stopping.getRecipientPhone(), "")
                        .statusCode())
                .isEqualTo(200);
    }

    private Message message(Message before) {
        return shop.crm().desk().message(before.getId());
    }
}
