package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed ends nothing of what it started, and removes nothing. */
class KilledTrainingTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** On a busy machine a process that gives way never comes to its turn. */
    private static final List<String> AS_QUICK_AS_OTHERS = List.of();

    @TempDir
    Path repository;

    @Test
    @EnabledOnOs(OS.LINUX)
    void its_services_its_server_and_its_home_are_gone_after_the_next_start() throws Exception {
        // Given
        FakeRepository.in(repository);
        StackSettings settings = StackSettings.onFreePorts(repository, repository.resolve("home"));
        List<ProcessIdentity> left;
        final Path home;
        try (BackgroundTraining training =
                new BackgroundTraining(settings, Duration.ZERO, _ -> {}, AS_QUICK_AS_OTHERS)) {
            ProcessHandle learner = await().atMost(PATIENCE)
                    .until(this::learner, Optional::isPresent)
                    .get();
            home = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> homeOfItsServices(learner), Optional::isPresent)
                    .get();
            await().atMost(PATIENCE)
                    .until(() -> !new RunDirectory(home).living().isEmpty());
            left = learner.descendants().map(ProcessIdentity::of).toList();
            learner.destroyForcibly();
            learner.onExit().join();
        }
        assertThat(home).isDirectory();
        assertThat(left.stream().filter(each -> each.living().isPresent()))
                .as("a service and the server")
                .hasSizeGreaterThan(1);

        // When
        try (BackgroundTraining next =
                new BackgroundTraining(settings, Duration.ofHours(1), _ -> {}, AS_QUICK_AS_OTHERS)) {

            // Then
            assertThat(left).allMatch(each -> each.living().isEmpty());
            assertThat(home).doesNotExist();
        } finally {
            left.forEach(each -> each.living().ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    /** Other tests of this JVM may let the JVM learn as well. */
    private Optional<ProcessHandle> learner() {
        return ProcessHandle.current()
                .children()
                .filter(child -> arguments(child).anyMatch(("-Dsiaran.repository=" + repository)::equals))
                .findFirst();
    }

    /** As soon as there is one. */
    private static Optional<Path> homeOfItsServices(ProcessHandle learner) {
        return learner.descendants()
                .flatMap(KilledTrainingTest::arguments)
                .filter(argument -> argument.startsWith("-Dsiaran.home="))
                .map(argument -> Path.of(argument.substring("-Dsiaran.home=".length())))
                .findFirst();
    }

    /** Java itself tells none where there are many. */
    private static Stream<String> arguments(ProcessHandle process) {
        try {
            return Stream.of(Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                    .split("\0"));
        } catch (IOException ended) {
            return Stream.of();
        }
    }
}
