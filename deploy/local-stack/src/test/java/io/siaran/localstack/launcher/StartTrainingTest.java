package io.siaran.localstack.launcher;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.localstack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With stand-ins for the services, set as those are, which the JVM learns once, before these tests. */
class StartTrainingTest {

    private static final List<String> PROGRESS = new CopyOnWriteArrayList<>();

    @TempDir
    static Path repository;

    private static Path jar;
    private static FileTime built;
    private static Path learnt;

    @BeforeAll
    static void learn() throws IOException {
        FakeRepository.withRealOptions(repository);
        jar = ServiceLaunch.jar(Service.CAMPAIGN, repository);
        built = Files.getLastModifiedTime(jar);
        StackSettings settings = StackSettings.onFreePorts(repository, repository.resolve("home"));
        try (BackgroundTraining training = new BackgroundTraining(settings, Duration.ZERO, PROGRESS::add)) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() ->
                            assertThat(PROGRESS).hasSize(2).last().asString().startsWith("learnt"));
        }
        learnt = caches().getFirst();
    }

    @AfterEach
    void nothing_is_rebuilt_after_all() throws IOException {
        Files.setLastModifiedTime(jar, built);
    }

    /** The JVM may refuse what it learnt where the options leave no room for it. */
    @EnabledOnOs(OS.LINUX)
    @ParameterizedTest
    @EnumSource(Service.class)
    void the_second_start_of_every_service_is_by_what_was_learnt_of_it(Service service) throws IOException {
        // Given
        StackSettings settings = StackSettings.onFreePorts(repository, repository.resolve("second"));
        new Home(settings.home()).makePrivate();
        ServiceLaunch launch = ServiceLaunch.of(Instance.first(service), settings, Map.of());
        List<String> news = new CopyOnWriteArrayList<>();

        // When
        try (ServiceProcess second = new ServiceProcess(launch, new RunDirectory(settings.home()), true, news::add)) {
            second.start();
            second.awaitHealthy(Duration.ofSeconds(60));

            // Then
            Path cache = repository.resolve(service.module()).resolve("target/start-cache");
            assertThat(Files.readString(Path.of("/proc", Long.toString(second.pid()), "maps")))
                    .as("what the JVM has in its memory")
                    .contains(cache.toString());
        }
        assertThat(news).isEmpty();
    }

    @Test
    void a_service_starts_by_what_was_learnt() throws Exception {
        assertThat(new ServiceJvm(jar).command()).contains("-XX:AOTCache=" + learnt);
        assertThat(start("-Xlog:aot")).contains("Opened AOT cache " + learnt);
    }

    @Test
    void nothing_is_learnt_twice_and_only_the_cache_is_left() throws Exception {
        assertThat(StartTraining.missing(repository)).isEmpty();
        assertThat(caches()).containsExactly(learnt);
        assertThat(learnt).hasExtension("aot");
    }

    @Test
    void what_was_learnt_of_another_build_is_not_used() throws Exception {
        // When
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-04-01T00:00:00Z")));

        // Then
        assertThat(new ServiceJvm(jar).command()).noneMatch(option -> option.startsWith("-XX:AOTCache"));
        assertThat(StartTraining.missing(repository)).containsExactly(Service.CAMPAIGN);
    }

    @Test
    void a_service_starts_although_what_was_learnt_does_not_fit_it() throws Exception {
        assertThat(start("-XX:+UseParallelGC", "-XX:-UseSerialGC", "-XX:-UseCompactObjectHeaders"))
                .contains("ready");
    }

    @Test
    void a_service_starts_although_what_was_learnt_is_broken() throws Exception {
        // Given
        byte[] whole = Files.readAllBytes(learnt);
        Files.write(learnt, new byte[] {1, 2, 3});

        // When / Then
        try {
            assertThat(start()).contains("ready");
        } finally {
            Files.write(learnt, whole);
        }
    }

    @Test
    void what_an_interrupted_training_left_is_removed_at_the_next_start() throws Exception {
        // Given
        Path dead = draft(learnt, ended());
        Path deadConfig = Files.writeString(dead.resolveSibling(dead.getFileName() + ".config"), "half written");
        Path deadOfAnotherBuild = draft(learnt.resolveSibling("0123456789abcdef.aot"), ended());
        Path living = draft(learnt, ProcessHandle.current().pid());
        StackSettings settings = StackSettings.onFreePorts(repository, repository.resolve("home"));

        // When
        try (BackgroundTraining next = new BackgroundTraining(settings, Duration.ofHours(1), PROGRESS::add)) {

            // Then
            assertThat(caches()).containsExactlyInAnyOrder(learnt, living);
        } finally {
            for (Path left : List.of(dead, deadConfig, deadOfAnotherBuild, living)) {
                Files.deleteIfExists(left);
            }
        }
    }

    private static Path draft(Path cache, long pid) throws IOException {
        return Files.writeString(cache.resolveSibling(cache.getFileName() + "." + pid), "half written");
    }

    /** The id of a process that is no more. */
    private static long ended() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    /** Everything that is in the cache's directory. */
    private static List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(repository.resolve("campaign-service/target/start-cache"))) {
            return files.toList();
        }
    }

    /** What it printed until it was ready, and that it was. */
    private static String start(String... more) throws Exception {
        List<String> command = new ArrayList<>(new ServiceJvm(jar).command());
        command.addAll(List.of(more));
        command.addAll(List.of("-jar", jar.toString()));
        Path output = repository.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        List<Integer> ports = Ports.free(2);
        builder.environment().put("SIARAN_HTTP_PORT", ports.getFirst().toString());
        builder.environment().put("SIARAN_MANAGEMENT_PORT", ports.getLast().toString());
        Process process = builder.start();
        try {
            CompletableFuture<Instant> ready = new CompletableFuture<>();
            new HealthWatch(process, ports.getLast(), ports.getFirst(), ready).begin();
            ready.get(60, SECONDS);
            return Files.readString(output) + "ready";
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
