package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./siaran} as far as it needs neither a build nor a stack. */
class ScriptTest {

    @TempDir
    Path home;

    private record Ended(int code, String output) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "down",
                "status",
                "reset",
                "logs",
                "token",
                "dead-letters",
                "reseal-credentials",
                "demo",
                "test",
                "bench"
            })
    void every_command_explains_itself(String command) throws Exception {
        // When
        Ended help = siaran(command, "--help");

        // Then
        assertThat(help.code()).isZero();
        assertThat(help.output()).startsWith("./siaran " + command);
        assertThat(siaran("help").output()).contains("./siaran " + command);
    }

    @Test
    void a_command_that_is_not_there_fails() throws Exception {
        // When
        Ended wrong = siaran("upp", "--help");

        // Then
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.output()).contains("Unknown command: upp");
    }

    @ParameterizedTest
    @CsvSource({
        "dispatch, dispatch-service",
        "dispatch-2, dispatch-service-2",
        "gateway-2, device-gateway-2",
        "device-gateway, device-gateway",
        "bridge, whatsapp-bridge"
    })
    void the_log_of_each_process_is_printed_by_its_short_name(String name, String file) throws Exception {
        // Given
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.writeString(logs.resolve(file + ".log"), "I am " + file);
        Files.writeString(logs.resolve("launcher.log"), "I am another");

        // When
        Ended log = siaran("logs", name);

        // Then
        assertThat(log).isEqualTo(new Ended(0, "I am " + file));
    }

    @Test
    void whose_log_is_not_there_reads_which_are() throws Exception {
        // Given
        Path logs = Files.createDirectories(home.resolve("logs"));
        Files.writeString(logs.resolve("dispatch-service.log"), "");

        // When
        Ended log = siaran("logs", "dispatch-2");

        // Then
        assertThat(log.code()).isEqualTo(1);
        assertThat(log.output()).contains("dispatch-service-2.log (yet). There are: dispatch-service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void a_home_that_is_set_to_nothing_is_not_set(String nothing) throws Exception {
        // Given
        CopiedScript script = new CopiedScript(home).with("SIARAN_HOME", nothing);

        // When
        CopiedScript.Ended reset = script.run("reset", "--yes");

        // Then
        assertThat(reset.output()).isEqualTo("java over %s/.siaran: reset\n".formatted(home.toRealPath()));
        assertThat(script.run("logs", "gateway").output()).contains(".siaran/logs/device-gateway.log");
    }

    private Ended siaran(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of("../../siaran").toString()).redirectErrorStream(true);
        builder.environment().put("SIARAN_HOME", home.toString());
        builder.command().addAll(List.of(words));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
