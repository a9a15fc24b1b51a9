package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.siaran.client.model.CampaignCounts;
import io.siaran.client.model.CampaignStatus;
import io.siaran.client.model.DeviceStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A phone is logged out in the middle of a campaign, and linked again: what was left waits, and goes out once. */
@ExtendWith(PackagedStack.class)
class LoggedOutIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** At its pace the device would send some five messages, and the bridge connect three times. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(6);

    /** A refusal holds a device for a minute or more: who links its phone again does not wait for that. */
    private static final Duration SOON = Duration.ofSeconds(45);

    private static final int LEADS = 10;
    private static final int SOME = 3;

    private final PackagedStack.Running siaran;

    LoggedOutIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void at_a_platform() {
        // Given
        Shop laila = siaran.shop("kedai-laila");
        UUID device = laila.device("merah");
        laila.crm().exchange("PATCH", "/devices/" + device, "{\"min_delay_seconds\":1,\"max_delay_seconds\":1}");
        String token = laila.credentials().iterator().next();
        Supplier<List<String>> phones = () -> siaran.ledger().of(laila.credentials()).stream()
                .map(Ledger.Delivery::phone)
                .toList();
        UUID campaign = campaign(laila, "merah", device, phones);

        // When
        connection(token, "disconnected");
        awaitHeld(laila, device, campaign, phones);
        connection(token, "connected");
        laila.crm().exchange("POST", "/devices/" + device + "/resume", "");

        // Then
        awaitEachOnce(laila, campaign, phones);
        assertThat(conditions(laila, device))
                .as("no to and fro")
                .startsWith("unchecked", "online")
                .endsWith("online")
                .hasSizeLessThanOrEqualTo(6)
                .satisfies(conditions ->
                        assertThat(conditions).filteredOn("online"::equals).hasSize(2));
    }

    @Test
    void on_the_phone_of_the_bridge(@TempDir Path logs) {
        if (NodeProcess.node().isEmpty()) {
            System.out.println("No phone of the bridge was logged out: npm is not installed, or cannot install it.");
            abort("npm is not installed");
        }
        try (Bridges bridges = new Bridges(siaran.stack(), logs).start()) {
            // Given
            Shop laila = siaran.shop("kedai-laila");
            LinkedFleet fleet = new LinkedFleet(laila.crm(), bridges, "601179", 1);
            Map.Entry<String, UUID> linked =
                    fleet.devices().entrySet().iterator().next();
            assertThat(laila.crm().device(linked.getValue()).getLinkedPhone()).isEqualTo(linked.getKey());
            Supplier<List<String>> phones = () -> bridges.arrivals().stream()
                    .filter(arrival -> !arrival.retry())
                    .map(Bridges.Arrival::phone)
                    .toList();
            UUID campaign = campaign(laila, "linked", linked.getValue(), phones);

            // When
            double connects = bridges.connects();
            bridges.logOut(linked.getKey());
            awaitHeld(laila, linked.getValue(), campaign, phones);

            // Then
            assertThat(bridges.connects())
                    .as("connections while a person is waited for")
                    .isEqualTo(connects);
            fleet.link(linked.getKey(), linked.getValue());
            awaitEachOnce(laila, campaign, phones);
        }
    }

    /** Of which some are on their phones, and the others are not yet. */
    private static UUID campaign(Shop shop, String deviceName, UUID device, Supplier<List<String>> phones) {
        shop.leads(LEADS, deviceName, device, "ecommerce", "");
        UUID campaign = shop.triggeredCampaign("Raya", "ecommerce", "Selamat Hari Raya");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> phones.get().size() >= SOME);
        return campaign;
    }

    /** Nothing goes out, nothing is given up, and nobody promises when it will. */
    private static void awaitHeld(Shop shop, UUID device, UUID campaign, Supplier<List<String>> phones) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shop.crm().device(device).getStatus()).isEqualTo(DeviceStatus.OFFLINE));
        int before = phones.get().size();
        await().during(LONG_ENOUGH).atMost(PATIENCE).until(() -> phones.get().size() == before);
        CampaignCounts held = shop.crm().report(campaign).getTotals();
        assertThat(List.of(held.getFailed(), held.getCancelled(), held.getUnknown()))
                .containsOnly(0L);
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode waiting = queue(shop, device);
            assertThat(waiting.get("backlog").asInt() + waiting.get("in_flight").asInt())
                    .isEqualTo(LEADS - before);
            assertThat(waiting.get("expected_empty").isNull())
                    .as("nobody promises anything")
                    .isTrue();
        });
        assertThat(before).as("there is a rest").isBetween(SOME, LEADS - 2);
    }

    private static void awaitEachOnce(Shop shop, UUID campaign, Supplier<List<String>> phones) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(shop.crm().campaign(campaign).getStatus()).isEqualTo(CampaignStatus.COMPLETED));
        assertThat(phones.get())
                .containsExactlyInAnyOrderElementsOf(shop.deviceOfPhone().keySet());
        assertThat(shop.crm().report(campaign).getTotals().getSent()).isEqualTo(LEADS);
    }

    private void connection(String token, String status) {
        siaran.ledger().tell("/control/devices/" + token, "{\"status\":\"%s\"}".formatted(status));
    }

    private static JsonNode queue(Shop shop, UUID device) {
        return Crm.tree(shop.crm().exchange("GET", "/devices/" + device, "").body())
                .get("queue");
    }

    /** What became of the device, in the order in which it did. */
    private static List<String> conditions(Shop shop, UUID device) {
        JsonNode events = Crm.tree(shop.crm()
                        .exchange("GET", "/devices/" + device + "/events", "")
                        .body())
                .get("items");
        return Crm.each(events)
                .map(event -> event.get("condition").asText())
                .toList()
                .reversed();
    }
}
