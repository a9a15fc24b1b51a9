package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import io.siaran.localstack.ProcessIdentity;
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
        Files.deleteIfExists(directory.resolve("call"));
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
        Process second = run("second", "up");

        // Then
        assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(output("second"))
                .contains("already runs over", "process " + launcher.pid())
                .doesNotContain("stop");
    }

    @Test
    void ctrl_c_waits_for_a_call_under_way_and_says_so() throws Exception {
        // Given
        Path call = Files.createFile(directory.resolve("call"));
        launcher = up("first");
        ProcessIdentity gateway = gateway();

        // When
        interrupt(launcher);

        // Then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(output("first"))
                        .contains("waiting for device-gateway to end what is under way, 100 s at most"));
        assertThat(gateway.living()).isPresent();
        Files.delete(call);
        assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(130);
        assertThat(output("first")).contains("stopped");
    }

    @Test
    void ctrl_c_while_it_ends_waits_no_longer() throws Exception {
        // Given
        Files.createFile(directory.resolve("call"));
        launcher = up("first");
        ProcessIdentity gateway = gateway();
        Process down = run("down", "down");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(output("down")).contains("waiting for it to end what is under way, 100 s at most"));

        // When
        interrupt(launcher);

        // Then
        assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(gateway.living()).isEmpty();
        assertThat(down.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(down.exitValue()).isZero();
    }

    private ProcessIdentity gateway() {
        return new RunDirectory(settings.home())
                .process(Instance.first(Service.GATEWAY))
                .orElseThrow();
    }

    private static void interrupt(Process process) throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    private Process up(String name) throws IOException {
        Process process = run(name, "up");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(output(name)).contains("Siaran runs."));
        return process;
    }

    private Process run(String name, String command) throws IOException {
        // A shell that runs a build in the background lets its children ignore SIGINT; a person's terminal does not.
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dsiaran.repository=" + directory,
                        Launcher.class.getName(),
                        command))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve(name).toFile()));
        builder.environment().put("SIARAN_HOME", settings.home().toString());
        builder.environment()
                .put(FakeService.CALLS_WHILE, directory.resolve("call").toString());
        for (Place place : Place.values()) {
            builder.environment().put(place.setting(), Integer.toString(settings.port(place)));
        }
        return builder.start();
    }

    private String output(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
