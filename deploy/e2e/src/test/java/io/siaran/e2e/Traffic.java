package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** A shop on a usual day: a campaign, a sequence, messages one by one, answers, and a CRM that hears of all of it. */
final class Traffic implements AutoCloseable {

    private static final int LEADS = 40;
    private static final int LINKED_LEADS = 5;
    /** A linked phone speaks at a pace, and what is said is waited for in the end. */
    private static final int EVERY_LINKED = 4;

    private static final String NICHE = "panels";

    private final PackagedStack.Running siaran;
    private final Shop hana;
    private final UUID merah;
    private final Optional<UUID> linked;
    private final HttpServer webhook = webhook();
    private int round;

    /** @param bridges to link a phone of WhatsApp Web by, where they run */
    Traffic(PackagedStack.Running siaran, Optional<Bridges> bridges) {
        this.siaran = siaran;
        hana = siaran.shop("kedai-hana");
        merah = hana.heard("merah");
        linked = bridges.map(each -> new LinkedFleet(hana.crm(), each, "601178", 1))
                .map(fleet -> fleet.devices().values().iterator().next());
    }

    void begin() {
        hana.crm().desk().webhook("http://127.0.0.1:" + webhook.getAddress().getPort());
        hana.leads(LEADS, "merah", merah, NICHE, "panels_start");
        linked.ifPresent(device -> hana.leads(LINKED_LEADS, "linked", device, NICHE, ""));
        hana.activeSequence("Panels", "panels_start", "Welcome to the panels");
        hana.triggeredCampaign("Panels", NICHE, "New panels are here");
    }

    /** A bit of everything, again and again. */
    void goOn() {
        String phone = "6012399%04d".formatted(round++);
        send(merah, phone);
        if (round % EVERY_LINKED == 0) {
            linked.ifPresent(device -> send(device, phone));
        }
        siaran.ledger().tell("/control/replies", """
                {"platform":"wablas","device":"sim-kedai-hana-merah","phone":"%s","text":"Berapa?"}""".formatted(phone));
        hana.crm().leads("panels_start");
    }

    private void send(UUID device, String phone) {
        hana.message(device, phone, "Selamat pagi");
    }

    private static HttpServer webhook() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** When nothing of it is on its way any more, which would reach phones that another test looks at. */
    @Override
    public void close() {
        webhook.stop(0);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(hana.crm().messages())
                        .extracting(Message::getStatus)
                        .doesNotContain(MessageState.PENDING, MessageState.PROCESSING));
    }
}
