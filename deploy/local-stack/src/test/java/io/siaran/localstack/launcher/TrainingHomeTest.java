package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.siaran.localstack.ProcessIdentity;
import io.siaran.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The directory of temporary files is everybody's: not each file there that names a process says the truth. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class TrainingHomeTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path directory;

    @TempDir
    Path elsewhere;

    private Process named;

    @BeforeEach
    void start() throws IOException {
        named = new ProcessBuilder("sleep", "600").start();
    }

    @AfterEach
    void end() {
        named.destroyForcibly();
    }

    @Test
    void what_runs_over_an_abandoned_home_of_ours_is_ended_whatever_else_lies_there() throws Exception {
        // Given
        Path unreadable = abandoned(directory.resolve("siaran-training-0"));
        Files.writeString(unreadable.resolve("run/launcher.json"), "{");
        Files.writeString(directory.resolve("siaran-training-1"), "no directory");
        Path home = abandoned(directory.resolve("siaran-training-2"));

        // When
        TrainingHome.removeAbandoned(directory);

        // Then
        assertThat(named.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(home).doesNotExist();
        assertThat(unreadable).isDirectory();
    }

    @Test
    void what_a_symbolic_link_leads_to_is_left_alone() throws IOException {
        // Given
        Path target = abandoned(elsewhere.resolve("somebody"));
        Path link = Files.createSymbolicLink(directory.resolve("siaran-training-link"), target);

        // When
        TrainingHome.removeAbandoned(directory);

        // Then
        assertThat(named.isAlive()).isTrue();
        assertThat(target.resolve("run")).isDirectory();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void what_another_user_put_there_is_left_alone() throws IOException {
        // Given
        Path home = abandoned(directory.resolve("siaran-training-nobody"));
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(home, "unix:uid")), "only root gives files away");
        Files.setAttribute(home, "unix:uid", NOBODY);

        // When
        TrainingHome.removeAbandoned(directory);

        // Then
        assertThat(named.isAlive()).isTrue();
        assertThat(home.resolve("run")).isDirectory();
    }

    /** It says that its launcher is no more, and that the process which lives here is one of its services. */
    private Path abandoned(Path home) throws IOException {
        Files.createDirectories(home.resolve("run"));
        Files.writeString(home.resolve("run/launcher.json"), Json.write(new ProcessIdentity(1, Instant.EPOCH)));
        new RunDirectory(home).record(new Instance(Service.GATEWAY, 1), named.toHandle());
        return home;
    }
}
