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
import io.siaran.model.MessageId;
import io.siaran.model.Topic;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform tells badly of what it took, through the whole gateway: what dispatch hears, and what the phone got. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ToldFaultsTest extends CallbackScene {

    /** What dispatch hears, in any order, and how many copies the phone gets. A delivery may be told by the reading alone. */
    private static final Map<String, String> MEANINGS = Map.of(
            "receipt_first", "accepted read 1",
            "receipts_shuffled", "accepted read 1",
            "lid_only", "accepted read 1",
            "wrong_signature", "accepted 1",
            "no_receipt", "accepted 1",
            "refused_later", "accepted refused 0");

    /** The others have nothing to sign wrongly. */
    private static final Set<String> SIGNING = Set.of("gowa", "waha");

    @TestHTTPResource("/")
    URI server;

    @ParameterizedTest
    @ValueSource(strings = {"wablas", "gowa", "waha", "evolution"})
    void each_fault_has_its_meaning(String platform) {
        // Given
        List<String> faults = MEANINGS.keySet().stream().sorted().toList();
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, platform, faults.size());
        for (int i = 0; i < faults.size(); i++) {
            Registered device = devices.get(i);
            Simulator.hear(platform, device.token(), server.resolve(address(device)), secret(device));
            Simulator.fault(device.token(), faults.get(i), Map.of());
        }

        // When
        List<MessageId> messages = devices.stream().map(this::send).toList();
        List<MessageId> later = devices.stream().map(this::send).toList();

        // Then
        Map<String, String> heard = new TreeMap<>();
        for (int i = 0; i < faults.size(); i++) {
            Registered device = devices.get(i);
            MessageId plain = later.get(i);
            await().atMost(PATIENCE).until(() -> kinds(device, plain).contains("read"));
            heard.put(faults.get(i), String.join(" ", kinds(device, messages.get(i))) + " " + copies(device));
        }
        Map<String, String> meant = new TreeMap<>(MEANINGS);
        if (!SIGNING.contains(platform)) {
            meant.put("wrong_signature", "accepted read 1");
        }
        if (platform.equals("gowa")) {
            // It has no word for a message that could not be delivered after all.
            meant.put("refused_later", "accepted 0");
        }
        assertThat(heard).isEqualTo(meant);
    }

    private MessageId send(Registered device) {
        MessageId message = Cast.message();
        topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, message, Cast.BUDI));
        return message;
    }

    private List<String> kinds(Registered device, MessageId message) {
        List<String> kinds = events(device).stream()
                .filter(event -> event.messageId().equals(message))
                .map(event -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
        assertThat(kinds).doesNotHaveDuplicates();
        return kinds.stream().filter(kind -> !kind.equals("delivered")).toList();
    }

    /** Of the message with the fault: the plain one after it always arrives. */
    private static int copies(Registered device) {
        return Simulator.deliveries(device.token()).size() - 1;
    }
}
