package io.siaran.localstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the JVM of a packaged service is set on this machine, where several services share the cores and the memory.
 *
 * @param jar {@code target/quarkus-app/quarkus-run.jar} in the service's module
 */
public record ServiceJvm(Path jar) {

    /** Small heaps and one collector thread, where a service brings no options of its own. */
    private static final List<String> USUAL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Duser.timezone=UTC");

    /**
     * The first compiler alone: a service is ready after half the work, and four of them share two cores here. A heap that
     * begins small stays small while there is little to do. What a service does at full speed is for the benchmarks, which run it
     * with both compilers.
     */
    private static final List<String> HERE = List.of("-XX:TieredStopAtLevel=1", "-Xms24m");

    /** The beginning of a command that starts the service: the class path or the jar comes next. */
    public List<String> command() {
        return command(cache().use());
    }

    /** The same, where the JVM learns how the service starts. */
    List<String> learningCommand() {
        return command(cache().learn());
    }

    private List<String> command(List<String> more) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options());
        command.addAll(more);
        return command;
    }

    StartCache cache() {
        return StartCache.of(jar, options());
    }

    private List<String> options() {
        return Stream.concat(own().stream(), HERE.stream()).toList();
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
