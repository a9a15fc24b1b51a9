package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Topic;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a platform tells badly of what it took, through the whole gateway: what dispatch hears, and what the phone got. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ToldFaultsTest extends CallbackScene {

    /** What dispatch hears, and how many copies the phone gets. A delivery may be told by the reading alone. */
    private static final Map<String, String> MEANINGS = Map.of(
            "receipt_first", "accepted read 1",
            "receipts_shuffled", "accepted read 1",
            "lid_only", "accepted read 1",
            "wrong_signature", "accepted 1",
            "no_receipt", "accepted 1",
            "refused_later", "accepted refused 0");

    /** Those that tell receipts. */
    private static final List<String> PLATFORMS = List.of("wablas", "gowa", "waha", "evolution");

    /** The others have nothing to sign wrongly. */
    private static final Set<String> SIGNING = Set.of("gowa", "waha");

    private static final Duration OFTEN = Duration.ofMillis(50);

    @TestHTTPResource("/")
    URI server;

    private final Set<DeliveryEvent.Returned> givenAgain = new HashSet<>();

    @Test
    void each_fault_has_its_meaning_on_each_platform() {
        // Given
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, PLATFORMS);
        for (int i = 0; i < devices.size(); i++) {
            Registered device = devices.get(i);
            Simulator.hear(PLATFORMS.get(i), device.token(), server.resolve(address(device)), secret(device));
        }

        // When
        Map<String, Told> told = new LinkedHashMap<>();
        for (int i = 0; i < devices.size(); i++) {
            told.put(PLATFORMS.get(i), told(devices.get(i)));
        }

        // Then
        await().atMost(PATIENCE)
                .pollInterval(OFTEN)
                .untilAsserted(() -> told.forEach((platform, each) -> {
                    giveAgainWhatCameBack(each);
                    assertThat(kinds(each.device(), each.plain())).contains("read");
                    assertThat(heard(each)).as(platform).isEqualTo(meant(platform));
                }));
    }

    private static Map<String, String> meant(String platform) {
        Map<String, String> meant = new HashMap<>(MEANINGS);
        if (!SIGNING.contains(platform)) {
            meant.put("wrong_signature", "accepted read 1");
        }
        if (platform.equals("gowa")) {
            // It has no word for a message that could not be delivered after all.
            meant.put("refused_later", "accepted 0");
        }
        return meant;
    }

    /** A message to a person of its own, of which the platform tells badly. */
    private record Struck(String fault, MessageId message, PhoneNumber person) {}

    /** @param plain sent after the others, and told of without a fault: what comes of the others has come by then */
    private record Told(Registered device, List<Struck> struck, MessageId plain) {}

    private Told told(Registered device) {
        List<Struck> struck = MEANINGS.keySet().stream()
                .map(fault -> new Struck(fault, Cast.message(), Cast.anybody()))
                .toList();
        struck.forEach(each -> {
            String phone = each.person().digits();
            Simulator.fault(device.token(), each.fault(), Map.of("phones", List.of(phone)));
            send(device, each.message(), each.person());
        });
        MessageId plain = Cast.message();
        send(device, plain, Cast.anybody());
        return new Told(device, struck, plain);
    }

    /** As dispatch does. On a busy machine a platform may not be reached in time, which is no fault that is judged here. */
    private void giveAgainWhatCameBack(Told told) {
        for (DeliveryEvent event : events(told.device())) {
            if (event instanceof DeliveryEvent.Returned returned && givenAgain.add(returned)) {
                PhoneNumber person = told.struck().stream()
                        .filter(each -> each.message().equals(returned.messageId()))
                        .map(Struck::person)
                        .findFirst()
                        .orElseGet(Cast::anybody);
                topics.send(
                        Topic.DEVICE_SENDS,
                        told.device().id(),
                        Cast.send(told.device(), returned.messageId(), person, returned.tryNo() + 1, null, 0));
            }
        }
    }

    private void send(Registered device, MessageId message, PhoneNumber person) {
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, message, person));
    }

    private Map<String, String> heard(Told told) {
        List<Map<String, Object>> ledger = Simulator.deliveries(told.device().token());
        return told.struck().stream()
                .collect(Collectors.toMap(
                        Struck::fault,
                        each -> String.join(" ", kinds(told.device(), each.message())) + " "
                                + ledger.stream()
                                        .filter(row -> each.person().digits().equals(row.get("phone")))
                                        .count()));
    }

    /** Each kind once: two instances that look at once may both tell, which dispatch takes. */
    private List<String> kinds(Registered device, MessageId message) {
        return events(device).stream()
                .filter(event -> event.messageId().equals(message))
                .map(event -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .filter(kind -> !Set.of("delivered", "returned").contains(kind))
                .distinct()
                .sorted()
                .toList();
    }
}
