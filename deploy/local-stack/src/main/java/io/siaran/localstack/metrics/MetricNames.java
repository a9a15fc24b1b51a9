package io.siaran.localstack.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics that source of ours makes, as Prometheus writes them but for what its naming adds for the kind and the unit.
 *
 * @param made such as {@code siaran_outbox_oldest_age}
 */
public record MetricNames(Set<String> made) {

    private static final Pattern MADE = Pattern.compile("\"(siaran(?:\\.[a-z]+)+)\"");
    private static final Pattern MADE_BY_BRIDGE = Pattern.compile("name: '(siaran_[a-z_]+)'");
    private static final Pattern ADDED = Pattern.compile("(_(total|seconds|records|messages|bucket|count|sum|max))*");

    /** Of these modules of the repository: names as Micrometer has them, in the Java of each. */
    public static MetricNames of(Path repository, String... modules) {
        return new MetricNames(Stream.of(modules)
                .map(module -> repository.resolve(module).resolve("src/main/java"))
                .flatMap(MetricNames::sources)
                .flatMap(file -> matches(MADE, file))
                .map(name -> name.replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Of every module that is a service or a library, and of the bridge. */
    public static MetricNames ofAll(Path repository) {
        try (Stream<Path> modules = Files.list(repository)) {
            MetricNames all = of(
                    repository,
                    modules.filter(module -> Files.exists(module.resolve("src/main/java")))
                            .map(module -> module.getFileName().toString())
                            .toArray(String[]::new));
            matches(MADE_BY_BRIDGE, repository.resolve("whatsapp-bridge/src/observe/metrics.ts"))
                    .forEach(all.made::add);
            return all;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether one of them is written like this. */
    public boolean make(String asPrometheusWritesIt) {
        return made.stream()
                .anyMatch(name -> asPrometheusWritesIt.startsWith(name)
                        && ADDED.matcher(asPrometheusWritesIt.substring(name.length()))
                                .matches());
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Stream<String> matches(Pattern pattern, Path file) {
        try {
            return pattern
                    .matcher(Files.readString(file))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList()
                    .stream();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
