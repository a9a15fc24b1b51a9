package io.siaran.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.localstack.launcher.StackSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {

    @TempDir
    Path home;

    @Test
    void its_last_words_say_where_this_run_can_be_looked_at() {
        // Given
        StackSettings settings = StackSettings.onFreePorts(Path.of("/siaran"), home);

        // When
        String words = Demo.next(settings, "demo-1", true);

        // Then
        assertThat(words)
                .contains(
                        "Open next:\n",
                        settings.simulatorUrl() + "/\n",
                        settings.baseUrl() + "/docs/campaign/\n",
                        "TOKEN=$(./siaran token --user demo-1)\n",
                        "\"" + settings.baseUrl() + "/api/v1/messages?limit=3\"\n");
    }

    @Test
    void who_had_no_stack_reads_that_it_ends() {
        StackSettings settings = StackSettings.onFreePorts(Path.of("/siaran"), home);

        assertThat(Demo.next(settings, "demo-1", false)).contains("Open next (after './siaran up'");
    }
}
