package io.siaran.gateway.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands open in memory: the credentials of devices that are there, and of no other. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ConnectedDevicesTest {

    private static final int MANY = 30;

    @Inject
    ConnectedDevices devices;

    @Test
    void of_devices_that_were_deleted_nothing_is_remembered() {
        // Given
        List<Registered> deleted = PlatformDevices.online(Cast.SINAR, "wablas", MANY);
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        assertThat(deleted)
                .allSatisfy(
                        device -> assertThat(devices.remembered(device.id())).isPresent());
        deleted.forEach(device -> Cast.as(Cast.SINAR, "operator")
                .delete("/api/v1/devices/" + device.id() + "?leads=keep")
                .then()
                .statusCode(204));

        // When
        devices.forgetDeleted();

        // Then
        assertThat(deleted)
                .allSatisfy(
                        device -> assertThat(devices.remembered(device.id())).isEmpty());
        assertThat(devices.remembered(merah.id())).isPresent();
    }
}
