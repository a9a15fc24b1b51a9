package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackSettingsTest {

    private static final Path REPOSITORY = Path.of("/siaran");
    private static final Replicas MOST = Replicas.parse("campaign=8,sequence=8,dispatch=8,gateway=8");

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

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void a_home_that_is_set_to_nothing_is_not_set(String nothing) {
        // When
        StackSettings settings = StackSettings.from(Map.of("SIARAN_HOME", nothing), REPOSITORY);

        // Then
        assertThat(settings.home()).isEqualTo(Path.of("/siaran/.siaran"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/siaran", "/siaran/", "/siaran/docs/..", "/"})
    void a_home_that_is_or_contains_the_repository_is_refused(String home) {
        assertThatThrownBy(() -> StackSettings.from(Map.of("SIARAN_HOME", home), REPOSITORY))
                .isInstanceOf(StackRefused.class)
                .hasMessageContaining("is, or contains, the repository");
    }

    @Test
    void a_home_that_contains_the_repository_is_refused_whatever_way_leads_there(@TempDir Path directory)
            throws IOException {
        // Given
        Path repository = Files.createDirectories(directory.resolve("work/siaran"));
        Path linkToIt = Files.createSymbolicLink(directory.resolve("siaran"), repository);
        Path linkToWork = Files.createSymbolicLink(directory.resolve("elsewhere"), directory.resolve("work"));

        // When, Then
        assertThatThrownBy(() -> StackSettings.from(Map.of("SIARAN_HOME", linkToWork.toString()), repository))
                .isInstanceOf(StackRefused.class);
        assertThatThrownBy(() -> StackSettings.from(
                        Map.of("SIARAN_HOME", directory.resolve("work").toString()), linkToIt))
                .isInstanceOf(StackRefused.class);
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

    @Test
    void a_second_process_of_a_service_listens_100_ports_above_the_first() {
        // When
        StackSettings settings = StackSettings.from(Map.of("SIARAN_PORT", "9000"), REPOSITORY);

        // Then
        assertThat(settings.address(Instance.named("gateway"))).isEqualTo(new StackSettings.Address(9004, 9904));
        assertThat(settings.address(Instance.named("device-gateway-2")))
                .isEqualTo(new StackSettings.Address(9104, 10_004));
    }

    @Test
    void no_port_of_a_replica_is_another_ones() {
        // When
        StackSettings settings = StackSettings.from(Map.of(), REPOSITORY).with(MOST);

        // Then
        assertThat(further(settings))
                .hasSize(56)
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(settings.ports().values());
    }

    @Test
    void the_second_stack_of_the_help_has_no_port_of_the_first_whatever_its_replicas() throws Exception {
        // Given
        String second = Pattern.compile("SIARAN_HOME=/tmp/other SIARAN_PORT=(\\d+) ")
                .matcher(Files.readString(Path.of("../../siaran")))
                .results()
                .map(example -> example.group(1))
                .findFirst()
                .orElseThrow();

        // When
        StackSettings one = StackSettings.from(Map.of(), REPOSITORY).with(MOST);
        StackSettings two =
                StackSettings.from(Map.of("SIARAN_PORT", second), REPOSITORY).with(MOST);

        // Then
        assertThat(all(two)).doesNotContainAnyElementsOf(all(one));
    }

    private static List<Integer> all(StackSettings settings) {
        return Stream.concat(settings.ports().values().stream(), further(settings).stream())
                .toList();
    }

    private static List<Integer> further(StackSettings settings) {
        return settings.replicas().instances().stream()
                .filter(instance -> instance.number() > 1)
                .map(settings::address)
                .flatMap(address -> Stream.of(address.port(), address.managementPort()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "gateway", "gateway=0", "gateway=9", "gateway=two", "gateway=2,gateway=2", "gateway=2,"})
    void a_list_of_replicas_that_is_none_is_refused(String words) {
        assertThatThrownBy(() -> Replicas.parse(words)).isInstanceOf(StackRefused.class);
    }

    @Test
    void replicas_of_a_service_that_is_not_there_are_refused_with_those_that_are() {
        assertThatThrownBy(() -> Replicas.parse("crm=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("crm", "[campaign, sequence, dispatch, gateway]");
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
