package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.NameServer;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.Topic;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shop with hundreds of devices on servers for whose names nobody answers. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = NameServer.class, scope = TestResourceScope.GLOBAL)
class SilentNamesTest extends GatewayScene {

    private static final int DEVICES = 300;

    @Inject
    Vertx vertx;

    private List<Registered> silent = List.of();

    @AfterEach
    void leave() {
        database.run("UPDATE devices SET deleted = true WHERE id = ANY ($1::uuid[])", (Object)
                silent.stream().map(device -> device.id().value()).toArray(UUID[]::new));
    }

    @Test
    void hold_up_no_device_of_another() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        QuarkusMock.installMockForType(new Asking(ServerNames.of(vertx)), ServerAddresses.class);
        silent = IntStream.range(0, DEVICES)
                .mapToObj(i -> PlatformDevices.device(
                        Cast.MAJU, "waha", Map.of("base_url", "http://waha-" + i + NameServer.SILENT)))
                .toList();
        silent.forEach(
                device -> topics.send(Topic.DEVICE_SENDS, device.id(), Cast.send(device, Cast.message(), Cast.BUDI)));
        // Of each for its IPv4 and its IPv6 address.
        await().atMost(PATIENCE).until(() -> NameServer.questionsForSilent() >= DEVICES);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        await().atMost(Duration.ofSeconds(10)).until(() -> !events(merah).isEmpty());
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    /** Asks for every name as an installation does that allows no internal address, and finds none there: the simulator is inside. */
    private static final class Asking extends ServerAddresses {

        Asking(ServerNames names) {
            super(false, names);
        }

        @Override
        public boolean leadsInside(String url) {
            return super.leadsInside(url) && !url.contains("127.0.0.1");
        }

        @Override
        public boolean isInside(InetAddress connected) {
            return false;
        }
    }
}
