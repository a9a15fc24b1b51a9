package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./siaran} as far as it needs neither a build nor a stack. */
class ScriptTest {

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

    private static Ended siaran(String... words) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of("../../siaran").toString()).redirectErrorStream(true);
        builder.command().addAll(List.of(words));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
