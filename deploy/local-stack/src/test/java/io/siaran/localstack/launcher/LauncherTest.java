package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import io.siaran.localstack.launcher.StackSettings.Place;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as the process that {@code ./siaran up} runs. */
class LauncherTest {

    @TempDir
    Path directory;

    private StackSettings settings;
    private Process launcher;

    @BeforeEach
    void repository() throws IOException {
        settings = StackSettings.onFreePorts(FakeRepository.in(directory), directory.resolve("home"));
    }

    @AfterEach
    void end() throws Exception {
        launcher.destroy();
        assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(settings.ports().values()).noneMatch(Ports::inUse));
    }

    @Test
    void a_start_after_a_kill_of_the_launcher_ends_what_it_left_and_runs_with_the_same_data() throws Exception {
        // Given
        launcher = up("first");
        launcher.destroyForcibly().waitFor();
        assertThat(Ports.inUse(settings.port(Service.CAMPAIGN))).isTrue();
        assertThat(Ports.inUse(settings.port(Place.POSTGRES))).isTrue();

        // When
        launcher = up("second");

        // Then
        assertThat(output("second"))
                .contains(
                        "ended what a killed run had left: [campaign-service, sequence-service, dispatch-service, device-gateway]")
                .contains("TOKEN=ey");
    }

    @Test
    void a_second_up_over_the_same_home_is_refused() throws Exception {
        // Given
        launcher = up("first");

        // When
        Process second = run("second");

        // Then
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output("second"))
                .contains("already runs over", "process " + launcher.pid())
                .doesNotContain("stop");
    }

    private Process up(String name) throws IOException {
        Process process = run(name);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(output(name)).contains("Siaran runs."));
        return process;
    }

    private Process run(String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dsiaran.repository=" + directory,
                        Launcher.class.getName(),
                        "up"))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve(name).toFile()));
        builder.environment().put("SIARAN_HOME", settings.home().toString());
        for (Place place : Place.values()) {
            builder.environment().put(place.setting(), Integer.toString(settings.port(place)));
        }
        return builder.start();
    }

    private String output(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
