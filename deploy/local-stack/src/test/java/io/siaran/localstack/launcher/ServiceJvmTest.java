package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keeps the services of this machine small and quick to start, as the JVM itself understands it. */
class ServiceJvmTest {

    @TempDir
    static Path repository;

    @BeforeAll
    static void services() throws IOException {
        FakeRepository.withRealOptions(repository);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void on_this_machine_a_service_fills_little_memory_before_it_collects_and_shares_what_it_can(Service service)
            throws Exception {
        // When
        List<String> flags = flags(new ServiceJvm(ServiceLaunch.jar(service, repository)));

        // Then
        assertThat(flags)
                .contains("MaxNewSize = 8388608", "InitialHeapSize = 25165824", "TieredStopAtLevel = 1")
                .contains("MaxHeapFreeRatio = 30", "MinHeapFreeRatio = 20", "ShrinkHeapInSteps = false")
                .contains("UseSerialGC = true", "UseCompactObjectHeaders = true", "ArchiveRelocationMode = 0");
    }

    @Test
    void an_image_has_both_compilers_and_a_young_generation_as_its_service_says() throws Exception {
        // When
        Path jar = ServiceLaunch.jar(Service.GATEWAY, repository);
        List<String> flags = flags(ServiceJvm.ofImage(jar, Path.of(System.getProperty("java.home"))));

        // Then
        assertThat(flags).contains("TieredStopAtLevel = 4", "MaxNewSize = 33554432", "ArchiveRelocationMode = 1");
    }

    private static List<String> flags(ServiceJvm jvm) throws Exception {
        List<String> command = new ArrayList<>(jvm.command());
        command.addAll(List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintFlagsFinal", "-version"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Of the test run.
        builder.environment().keySet().removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 3)
                .map(words -> String.join(" ", words[1], words[2], words[3]))
                .toList();
    }
}
