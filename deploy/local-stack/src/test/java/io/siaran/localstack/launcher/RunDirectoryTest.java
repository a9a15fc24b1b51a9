package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path home;

    private RunDirectory records;
    private AutoCloseable lock;
    private Process process;

    @BeforeEach
    void lock() throws Exception {
        records = new RunDirectory(home);
        lock = records.lock();
        process = new ProcessBuilder("sleep", "60").start();
    }

    @AfterEach
    void unlock() throws Exception {
        process.destroyForcibly();
        lock.close();
    }

    @Test
    void a_recorded_process_that_still_lives_is_ended() throws Exception {
        // Given
        Instance second = new Instance(Service.DISPATCH, 2);
        records.record(second, process.toHandle());

        // When
        var left = new RunDirectory(home).endLeftovers(_ -> {});

        // Then
        assertThat(left).containsExactly(second);
        assertThat(process.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(home.resolve("run/dispatch-service-2.json")).doesNotExist();
    }

    @Test
    void an_innocent_process_that_was_given_the_same_id_is_left_alone() throws Exception {
        // Given
        Files.writeString(
                home.resolve("run/dispatch-service.json"),
                "{\"pid\":%d,\"started\":\"2024-11-29T02:00:00Z\"}".formatted(process.pid()));

        // When
        var left = records.endLeftovers(_ -> {});

        // Then
        assertThat(left).isEmpty();
        assertThat(process.isAlive()).isTrue();
        assertThat(home.resolve("run/dispatch-service-2.json")).doesNotExist();
    }

    @Test
    void a_second_launcher_over_the_same_home_is_refused_with_the_process_of_the_first() throws Exception {
        // Given
        lock.close();
        Process first = new ProcessBuilder("sleep", "60").start();
        Files.writeString(
                home.resolve("run/launcher.json"),
                "{\"pid\":%d,\"started\":\"%s\"}"
                        .formatted(first.pid(), first.info().startInstant().orElseThrow()));
        try (AutoCloseable _ = records.lock()) {

            // When, Then
            assertThatThrownBy(new RunDirectory(home)::lock)
                    .isInstanceOf(StackRefused.class)
                    .hasMessageContaining("already runs over " + home)
                    .hasMessageContaining("process " + first.pid());
        } finally {
            first.destroyForcibly();
        }
    }
}
