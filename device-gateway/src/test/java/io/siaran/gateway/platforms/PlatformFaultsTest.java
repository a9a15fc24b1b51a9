package io.siaran.gateway.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageType;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each platform's messages and faults through the whole gateway, judged by what the phones received. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PlatformFaultsTest extends GatewayScene {

    static final List<String> PLATFORMS = PlatformDevices.ALL;

    /** What each fault means on every platform, and how many copies the phone gets. */
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("rate_limited", "deferred 0"),
            Map.entry("server_error", "failed 0"),
            Map.entry("unknown_number", "rejected 0"),
            Map.entry("token_expired", "returned 0"),
            Map.entry("logout", "returned 0"),
            Map.entry("timelock", "returned 0"),
            Map.entry("banned", "returned 0"),
            Map.entry("media_unreachable", "failed 0"),
            Map.entry("gateway_timeout", "unknown 1"),
            Map.entry("html_bad_gateway", "unknown 0"),
            Map.entry("reset", "unknown 0"),
            Map.entry("no_receipt", "accepted 1"));

    @ParameterizedTest
    @FieldSource("PLATFORMS")
    void each_fault_has_its_outcome(String platform) {
        // Given
        List<String> faults = MEANINGS.keySet().stream().sorted().toList();
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, platform, faults.size());
        for (int i = 0; i < faults.size(); i++) {
            Simulator.fault(devices.get(i).token(), faults.get(i), Map.of("retry_after_seconds", 7));
        }

        // When
        devices.forEach(
                device -> topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.BUDI)));

        // Then
        Map<String, String> seen = new TreeMap<>();
        for (int i = 0; i < faults.size(); i++) {
            DeliveryEvent event = events(devices.get(i), 1).getFirst();
            seen.put(
                    faults.get(i),
                    event.getClass().getSimpleName().toLowerCase(Locale.ROOT) + " "
                            + Simulator.deliveries(devices.get(i).token()).size());
        }
        assertThat(seen).isEqualTo(new TreeMap<>(new HashMap<>(MEANINGS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whacenter", "gowa", "waha", "evolution"})
    void a_text_and_an_image_reach_the_phone_as_written_and_the_platforms_id_is_told(String platform) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, platform, 1).getFirst();
        Send text = Cast.saying("50% & \"lebih\" 😀\nHelo", Cast.send(merah, Cast.message(), Cast.ANI));

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), text);
        topics.send(Topic.DEVICE_SENDS, merah.id(), withImage(Cast.send(merah, Cast.message(), Cast.BUDI)));

        // Then
        List<DeliveryEvent> events = events(merah, 2);
        assertThat(events)
                .allSatisfy(event -> assertThat(event)
                        .isInstanceOfSatisfying(
                                DeliveryEvent.Accepted.class,
                                accepted ->
                                        assertThat(accepted.providerMessageId()).isNotBlank()));
        List<Map<String, Object>> ledger = Simulator.deliveries(merah.token());
        assertThat(ledger).extracting(row -> row.get("phone")).containsExactly(Cast.ANI.digits(), Cast.BUDI.digits());
        assertThat(ledger).extracting(row -> row.get("text")).containsExactly("50% & \"lebih\" 😀\nHelo", Cast.TEXT);
        assertThat(ledger).extracting(row -> row.get("media_url")).containsExactly(null, "https://kedai.my/a.jpg");
        assertThat(events)
                .extracting(event -> ((DeliveryEvent.Accepted) event).providerMessageId())
                .containsExactlyElementsOf(ledger.stream()
                        .map(row -> (String) row.get("message_id"))
                        .toList());
    }

    private static Send withImage(Send send) {
        return new Send(
                send.messageId(),
                send.tryNo(),
                send.userId(),
                send.deviceId(),
                send.notAfter(),
                send.supersedes(),
                send.kind(),
                send.recipientPhone(),
                send.recipientName(),
                send.attributes(),
                send.niche(),
                MessageType.IMAGE,
                send.message(),
                "https://kedai.my/a.jpg",
                send.minDelay(),
                send.maxDelay(),
                send.antiSpam(),
                send.timeZone());
    }
}
