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
import io.siaran.model.FailReason;
import io.siaran.model.MessageId;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each platform's messages and faults through the whole gateway, judged by what the phones received. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PlatformFaultsTest extends GatewayScene {

    /**
     * What each fault of a message means, and how many copies the phone gets. They share a device in this order: three troubles
     * in a row would hold it. "Delivered" says that the phone gets it, where the fault leaves that open.
     */
    private static final Map<String, String> OF_A_MESSAGE = inOrder(
            "server_error", "failed 0",
            "maintenance", "failed 0",
            "slow_body", "accepted 1",
            "gateway_timeout", "unknown 1",
            "html_bad_gateway", "unknown 0",
            "no_receipt", "accepted 1",
            "html_bad_gateway delivered", "unknown 1",
            "reset", "unknown 0",
            "no_receipt again", "accepted 1",
            "reset delivered", "unknown 1",
            "unknown_number", "rejected 0",
            "media_unreachable", "failed 0");

    /** The same of those that hold their device. */
    private static final Map<String, String> OF_A_DEVICE = inOrder(
            "rate_limited", "deferred 0",
            "token_expired", "returned 0",
            "logout", "returned 0",
            "timelock", "deferred 0",
            "banned", "returned 0");

    /** Their 503 says that they did not begin, so it costs no attempt. */
    private static final Set<String> SAY_THAT_THEY_DID_NOT_BEGIN = Set.of("gowa", "evolution");

    /** What is told afterwards is for ToldFaultsTest, what comes before a link for ServerLinkingTest. */
    private static final Set<String> TRIED_ELSEWHERE =
            Set.of("receipt_first", "receipts_shuffled", "lid_only", "wrong_signature", "refused_later", "delayed_qr");

    @Test
    void no_fault_of_the_simulators_is_forgotten() {
        Set<String> tried = new HashSet<>(TRIED_ELSEWHERE);
        OF_A_MESSAGE.keySet().forEach(fault -> tried.add(kind(fault)));
        tried.addAll(OF_A_DEVICE.keySet());

        assertThat(Simulator.faults()).containsExactlyInAnyOrderElementsOf(tried);
    }

    @Test
    void each_fault_of_a_message_has_its_outcome_on_each_platform() {
        // Given
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, PlatformDevices.ALL);

        // When
        List<List<Struck>> struck = devices.stream()
                .map(device -> OF_A_MESSAGE.keySet().stream()
                        .map(fault -> strike(device, fault))
                        .toList())
                .toList();

        // Then
        for (int i = 0; i < devices.size(); i++) {
            String platform = PlatformDevices.ALL.get(i);
            Map<String, String> meant = new LinkedHashMap<>(OF_A_MESSAGE);
            if (SAY_THAT_THEY_DID_NOT_BEGIN.contains(platform)) {
                meant.put("maintenance", "returned 0");
            }
            assertThat(seen(devices.get(i), struck.get(i))).as(platform).isEqualTo(meant);
        }
    }

    @Test
    void each_fault_of_a_device_has_its_outcome_on_each_platform() {
        // Given
        List<String> faults = List.copyOf(OF_A_DEVICE.keySet());
        List<String> platforms = PlatformDevices.ALL.stream()
                .flatMap(platform -> faults.stream().map(_ -> platform))
                .toList();
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, platforms);

        // When
        List<Struck> struck = IntStream.range(0, devices.size())
                .mapToObj(i -> strike(devices.get(i), faults.get(i % faults.size())))
                .toList();

        // Then
        Map<String, Map<String, String>> seen = new LinkedHashMap<>();
        for (int i = 0; i < devices.size(); i++) {
            seen.computeIfAbsent(platforms.get(i), _ -> new LinkedHashMap<>())
                    .putAll(seen(devices.get(i), List.of(struck.get(i))));
        }
        assertThat(seen)
                .hasSameSizeAs(PlatformDevices.ALL)
                .allSatisfy((_, each) -> assertThat(each).isEqualTo(OF_A_DEVICE));
    }

    /** A message to a person of its own, whom the fault strikes. */
    private record Struck(String fault, MessageId message, PhoneNumber person) {}

    private Struck strike(Registered device, String fault) {
        Struck struck = new Struck(fault, Cast.message(), Cast.anybody());
        Map<String, Object> more = Map.of(
                "phones",
                List.of(struck.person().digits()),
                "retry_after_seconds",
                7,
                "delay_ms",
                200,
                "delivered",
                fault.endsWith(" delivered"));
        Simulator.fault(device.token(), kind(fault), more);
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, struck.message(), struck.person()));
        return struck;
    }

    private static String kind(String fault) {
        return fault.split(" ", 2)[0];
    }

    /** What dispatch was told, and how many copies each person got, by fault. */
    private Map<String, String> seen(Registered device, List<Struck> struck) {
        Map<MessageId, String> told = events(device, struck.size()).stream()
                .collect(Collectors.toMap(
                        DeliveryEvent::messageId,
                        event -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT)));
        List<Map<String, Object>> ledger = Simulator.deliveries(device.token());
        Map<String, String> seen = new LinkedHashMap<>();
        for (Struck each : struck) {
            long copies = ledger.stream()
                    .filter(row -> each.person().digits().equals(row.get("phone")))
                    .count();
            seen.put(each.fault(), told.get(each.message()) + " " + copies);
        }
        return seen;
    }

    private static Map<String, String> inOrder(String... faultsAndMeanings) {
        Map<String, String> meanings = new LinkedHashMap<>();
        for (int i = 0; i < faultsAndMeanings.length; i += 2) {
            meanings.put(faultsAndMeanings[i], faultsAndMeanings[i + 1]);
        }
        return meanings;
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

    @ParameterizedTest
    @ValueSource(strings = {"wablas", "whacenter", "gowa", "waha", "evolution"})
    void words_of_an_image_that_could_not_be_got_are_the_platforms_trouble_where_there_is_none(String platform) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, platform, 1).getFirst();
        for (String phone : List.of(Cast.ANI.digits(), Cast.BUDI.digits())) {
            Simulator.fault(merah.token(), "MEDIA_UNREACHABLE", Map.of("phones", List.of(phone)));
        }

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));
        topics.send(Topic.DEVICE_SENDS, merah.id(), withImage(Cast.send(merah, Cast.message(), Cast.BUDI)));

        // Then
        assertThat(events(merah, 2))
                .extracting(event -> ((DeliveryEvent.Failed) event).reason())
                .containsExactly(FailReason.PROVIDER_FAILED, FailReason.MEDIA_UNAVAILABLE);
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
                send.timeZone(),
                send.checkNumber());
    }
}
