package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the JVM of a packaged service is set.
 *
 * @param jar {@code target/quarkus-app/quarkus-run.jar} in the service's module
 * @param home where the JVM is
 * @param more what is said beside the service's own options
 */
public record ServiceJvm(Path jar, Path home, List<String> more) {

    /** Small heaps and one collector thread, where a service brings no options of its own. */
    private static final List<String> USUAL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Duser.timezone=UTC");

    /**
     * The first compiler alone: a service is ready after half the work, and four of them share two cores here. A heap that
     * begins small stays small while there is little to do, and what is new is looked through before it has filled much. Classes of
     * the JDK lie where its archive expects them, so that all JVMs here share those pages. Only when so many classes are there as
     * a start needs is it worth a look whether some can go. What a service does at full speed is for the benchmarks, which run
     * it with both compilers.
     */
    private static final List<String> HERE = List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xms24m",
            "-XX:MaxNewSize=8m",
            "-XX:MinHeapFreeRatio=20",
            "-XX:MaxHeapFreeRatio=30",
            "-XX:-ShrinkHeapInSteps",
            "-XX:TrimNativeHeapInterval=60000",
            "-XX:MetaspaceSize=128m",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    /** On this machine, where several services share the cores and the memory. */
    public ServiceJvm(Path jar) {
        this(jar, Path.of(System.getProperty("java.home")), HERE);
    }

    /** In an image, which has a JVM of its own and no more options than the service's. */
    static ServiceJvm ofImage(Path jar, Path home) {
        return new ServiceJvm(jar, home, List.of());
    }

    /** The beginning of a command that starts the service: the class path or the jar comes next. */
    public List<String> command() {
        return command(cache().use());
    }

    /** The same, where the JVM learns how the service starts. */
    List<String> learningCommand() {
        return command(cache().learn());
    }

    private List<String> command(List<String> last) {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(options());
        command.addAll(last);
        return command;
    }

    StartCache cache() {
        return StartCache.of(jar, home, options());
    }

    private List<String> options() {
        return Stream.concat(own().stream(), more.stream()).toList();
    }

    /** A service may bring options of its own, the same wherever it runs: {@code jvm.options} in its module. */
    private List<String> own() {
        Path own = jar.resolve("../../../jvm.options").normalize();
        if (Files.notExists(own)) {
            return USUAL;
        }
        try (Stream<String> lines = Files.lines(own)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
