package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./siaran reset} removes: a stack's data and nothing else, wherever its home is said to be. */
class ResetTest {

    private record Ended(int code, String output) {}

    @TempDir
    Path directory;

    /** The launcher runs in it, as whoever stands in a clone. */
    private Path repository;

    private Path source;

    @BeforeEach
    void write() throws IOException {
        repository = FakeRepository.in(directory.resolve("siaran"));
        source = Files.writeString(repository.resolve("campaign-service/Source.java"), "class Source {}");
    }

    @Test
    void with_no_home_set_it_removes_that_of_the_repository() throws Exception {
        // Given
        Path home = repository.resolve(".siaran");
        new Home(home).makePrivate();

        // When
        Ended reset = reset("");

        // Then
        assertThat(reset.code()).isZero();
        assertThat(reset.output()).contains("Removed the data of " + home);
        assertThat(home.resolve("keys")).doesNotExist();
        assertThat(source).exists();
    }

    @Test
    void a_home_of_an_earlier_version_is_still_one_when_its_data_is_gone() throws Exception {
        // Given
        Path home = repository.resolve(".siaran");
        Files.writeString(Files.createDirectories(home.resolve("run")).resolve("launcher.lock"), "");
        Path note = Files.writeString(home.resolve("notes.txt"), "somebody's");

        // When
        Ended reset = reset("");

        // Then
        assertThat(reset.code()).isZero();
        assertThat(home.resolve("run")).doesNotExist();
        assertThat(note).exists();
        assertThatCode(new Home(home)::requireOurs).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void the_sources_are_never_its_to_remove(String home) throws Exception {
        // When
        Ended reset = reset(home);

        // Then
        assertThat(reset.code()).isEqualTo(1);
        assertThat(reset.output()).contains("is, or contains, the repository");
        assertThat(source).exists();
    }

    @Test
    void somebody_elses_directory_stays_as_it_is() throws Exception {
        // Given
        Path log = Files.writeString(
                Files.createDirectories(repository.resolve("other/logs")).resolve("mine.log"), "");

        // When
        Ended reset = reset("other");

        // Then
        assertThat(reset.code()).isEqualTo(1);
        assertThat(reset.output()).contains("holds something else than a stack of Siaran");
        assertThat(log).exists();
    }

    private Ended reset(String home) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dsiaran.repository=" + repository,
                        Launcher.class.getName(),
                        "reset"))
                .directory(repository.toFile())
                .redirectErrorStream(true);
        builder.environment().put("SIARAN_HOME", home);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
