package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose JVM ends where it cannot start by what was learnt. */
class RefusedCacheTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final List<String> progress = new CopyOnWriteArrayList<>();

    @Test
    void what_the_jvm_refuses_is_dropped_and_the_service_starts_without_it() throws IOException {
        // Given
        FakeRepository.in(directory);
        Files.writeString(directory.resolve("campaign-service/jvm.options"), "-XX:AOTMode=on\n-XX:+UseSerialGC\n");
        StartCache cache = new ServiceJvm(ServiceLaunch.jar(Service.CAMPAIGN, directory)).cache();
        refusedByTheJvm(cache);

        // When
        try (ServiceProcess campaign = campaign()) {
            campaign.start();
            campaign.awaitHealthy(PATIENCE);

            // Then
            assertThat(progress)
                    .containsExactly("campaign-service could not start by what the JVM had learnt: that is dropped,"
                            + " and it starts without");
            assertThat(cache.isLearnt()).isFalse();

            // When
            campaign.kill();
            campaign.awaitHealthy(PATIENCE);
        }

        // Then
        assertThat(progress).contains("campaign-service ended with code 137, starting it again in 1 s");
    }

    private ServiceProcess campaign() throws IOException {
        StackSettings settings = StackSettings.onFreePorts(directory, directory.resolve("home"));
        new Home(settings.home()).makePrivate();
        return new ServiceProcess(
                ServiceLaunch.of(Instance.first(Service.CAMPAIGN), settings, Map.of()),
                new RunDirectory(settings.home()),
                true,
                progress::add);
    }

    private static void refusedByTheJvm(StartCache cache) throws IOException {
        String draft = cache.learn().getFirst().split("=", 2)[1];
        Files.writeString(Path.of(draft), "no cache");
        assertThat(cache.keep()).isTrue();
    }
}
