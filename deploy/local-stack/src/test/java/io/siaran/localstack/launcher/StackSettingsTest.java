package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.localstack.launcher.StackSettings.Place;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {

    private static final Path REPOSITORY = Path.of("/siaran");

    @Test
    void without_settings_the_stack_is_in_the_repository_and_on_8080() {
        // When
        StackSettings settings = StackSettings.from(Map.of(), REPOSITORY);

        // Then
        assertThat(settings.home()).isEqualTo(Path.of("/siaran/.siaran"));
        assertThat(settings.port(Place.FRONT_DOOR)).isEqualTo(8080);
        assertThat(settings.port(Service.CAMPAIGN)).isEqualTo(8081);
        assertThat(settings.port(Service.GATEWAY)).isEqualTo(8084);
        assertThat(settings.managementPort(Service.CAMPAIGN)).isEqualTo(8981);
        assertThat(settings.managementPort(Service.GATEWAY)).isEqualTo(8984);
    }

    @Test
    void every_port_follows_the_front_door_unless_its_own_setting_moves_it() {
        // When
        StackSettings settings =
                StackSettings.from(Map.of("SIARAN_PORT", "9000", "SIARAN_KAFKA_PORT", "19092"), REPOSITORY);

        // Then
        assertThat(settings.ports())
                .containsEntry(Place.DISPATCH, 9003)
                .containsEntry(Place.POSTGRES, 9010)
                .containsEntry(Place.KAFKA, 19092)
                .containsEntry(Place.KAFKA_CONTROLLER, 9013)
                .containsEntry(Place.SIMULATOR, 9020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "-1", "http", "80 80"})
    void a_port_that_is_none_is_refused_with_the_name_of_its_setting(String port) {
        assertThatThrownBy(() -> StackSettings.from(Map.of("SIARAN_PORT", port), REPOSITORY))
                .isInstanceOf(StackRefused.class)
                .hasMessageContaining("SIARAN_PORT=" + port);
    }

    @Test
    void a_taken_port_is_said_with_the_setting_that_moves_it() throws Exception {
        // Given
        StackSettings free = StackSettings.onFreePorts(REPOSITORY, Path.of("/home"));
        assertThatCode(free::requireFreePorts).doesNotThrowAnyException();

        // When
        int port = free.port(Place.DISPATCH);
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {

            // Then
            assertThatThrownBy(free::requireFreePorts)
                    .hasMessage("Port %d (dispatch-service) is in use: set SIARAN_DISPATCH_PORT to another."
                            .formatted(port));
        }
    }
}
