package io.siaran.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins for the services, which the JVM of these tests learns once. */
class ImageTrainingTest {

    private static final Path JVM = Path.of(System.getProperty("java.home"));
    private static final List<String> OPTIONS =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Duser.timezone=UTC");

    @TempDir
    static Path directory;

    private static Map<Service, Path> learnt;

    /** The services as in an image: at another path than where the JVM learnt them. */
    private static Path image;

    @BeforeAll
    static void learn() throws IOException {
        Path staged = FakeRepository.in(directory.resolve("staged"));
        for (Service service : Service.values()) {
            Files.write(staged.resolve(service.module()).resolve("jvm.options"), OPTIONS);
        }
        List<String> progress = new ArrayList<>();
        learnt = ImageTraining.learn(staged, JVM, progress::add);
        assertThat(progress).isEmpty();
        image = Files.move(staged, directory.resolve("image"));
    }

    @Test
    void every_service_is_learnt_and_its_image_starts_by_it_at_another_path() throws Exception {
        assertThat(learnt).containsOnlyKeys(Service.values());
        for (Service service : Service.values()) {
            assertThat(start(service, "-XX:AOTMode=on", "-XX:MaxRAM=512m"))
                    .contains("openjdk version")
                    .doesNotContain("[aot]");
        }
    }

    @Test
    void where_it_does_not_fit_the_jvm_says_so_and_starts() throws Exception {
        assertThat(start(Service.GATEWAY, "-XX:-UseSerialGC", "-XX:+UseParallelGC", "-XX:-UseCompactObjectHeaders"))
                .contains("Unable to use AOT cache", "openjdk version");
    }

    @Test
    void where_it_is_missing_or_broken_the_jvm_says_so_and_starts() throws Exception {
        Path file = moved(learnt.get(Service.DISPATCH));
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, new byte[] {1, 2, 3});
        assertThat(start(Service.DISPATCH)).contains("[aot]", "openjdk version");

        Files.delete(file);
        assertThat(start(Service.DISPATCH)).contains("[aot]", "openjdk version");
        Files.write(file, whole);
    }

    /** With the image's own command line, but that it ends as soon as the JVM is up; what it printed. */
    private static String start(Service service, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(JVM.resolve("bin/java").toString()));
        command.add("@" + image.resolve(service.module()).resolve("jvm.options"));
        command.add("-XX:AOTCache=" + moved(learnt.get(service)));
        command.add("-Xms32m");
        command.addAll(List.of(more));
        command.addAll(List.of("-cp", ServiceLaunch.jar(service, image).toString(), "-version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }

    private static Path moved(Path file) {
        return image.resolve(directory.resolve("staged").relativize(file).toString());
    }
}
