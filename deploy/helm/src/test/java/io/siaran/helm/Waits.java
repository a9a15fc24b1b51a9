package io.siaran.helm;

import io.siaran.localstack.launcher.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the code of a service waits for when its process ends, in seconds: its steps come one after the other. */
final class Waits {

    /** The methods that are called at the end. */
    private static final Pattern AT_THE_END = Pattern.compile(
            "(?s)(?:@PreDestroy\\s+(?:synchronized )?void \\w+\\(\\)|void \\w+\\(@Observes[^{;]*ShutdownEvent[^{;]*)\\s*\\{(.*?)\\n    }\\n");

    private static final Pattern SECONDS = Pattern.compile("Duration\\.ofSeconds\\((\\d+)\\)");

    private static final Pattern SHUTDOWN_LIMIT =
            Pattern.compile("@WithDefault\\(\"(\\d+)s\"\\)\\s+Duration shutdownLimit\\(");

    private Waits() {}

    /** Of the service itself; where a setting says how long, that is {@link #forCalls()}. */
    static int of(Service service) {
        return in(service.module());
    }

    /** Of what every service brings: the relay, the clients of Kafka, the spans of traces. */
    static int ofEveryService() {
        return Stream.of("common-kafka", "common-sql", "common-rest", "common-model")
                .mapToInt(Waits::in)
                .sum();
    }

    /** The gateway's, for calls under way: {@code siaran.gateway.lane.shutdown-limit} where nobody sets it. */
    static int forCalls() {
        String config =
                read(Chart.REPOSITORY.resolve("device-gateway/src/main/java/io/siaran/gateway/lane/LaneConfig.java"));
        return SHUTDOWN_LIMIT
                .matcher(config)
                .results()
                .mapToInt(each -> Integer.parseInt(each.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static int in(String module) {
        try (Stream<Path> files = Files.walk(Chart.REPOSITORY.resolve(module + "/src/main/java"))) {
            List<String> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(Waits::read)
                    .toList();
            return sources.stream()
                    .flatMap(source -> AT_THE_END.matcher(source).results())
                    .map(method -> method.group(1))
                    .flatMap(body -> SECONDS.matcher(body).results())
                    .map(MatchResult::group)
                    .mapToInt(wait -> Integer.parseInt(wait.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
