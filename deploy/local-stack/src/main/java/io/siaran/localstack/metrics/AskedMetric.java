package io.siaran.localstack.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A metric of ours that a rule, a panel or a page names, with the labels by which it is asked for.
 *
 * @param where the file that names it
 * @param name as Prometheus writes it
 * @param labels such as {@code outcome="unknown"}, {@code outcome=~"failed|returned"}, or a name alone
 */
public record AskedMetric(String where, String name, List<Label> labels) {

    /**
     * @param values each of which a series has to carry; none where the label alone is named
     */
    public record Label(String name, List<String> values) {}

    /** Those that the scrape adds, or the kind of the metric. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("service", "instance", "pod", "job");

    private static final Pattern NAMED = Pattern.compile("\\b(siaran_[a-z_]+)(\\*)?(?:\\{([^}]*)})?");
    private static final Pattern SUMMED = Pattern.compile("by \\(([^)]*)\\) \\((?:\\w+\\()*(siaran_[a-z_]+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)(?:(=~|!~|!=|=)\"([^\"]*)\")?");

    /** What alert rules, panels and pages of the repository ask for. */
    public static List<AskedMetric> in(Path repository) {
        return Stream.of(
                        files(repository.resolve("deploy/prometheus"), "-alerts.yml"),
                        files(repository.resolve("deploy/grafana"), ".yml"),
                        files(repository.resolve("docs"), ".md"))
                .flatMap(List::stream)
                .flatMap(file -> of(repository.relativize(file).toString(), text(file)))
                .toList();
    }

    static Stream<AskedMetric> of(String where, String text) {
        List<AskedMetric> asked = new ArrayList<>();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            // A star stands for several, which are named elsewhere.
            if (named.group(2) == null) {
                asked.add(new AskedMetric(where, named.group(1), labels(named.group(3))));
            }
        }
        Matcher summed = SUMMED.matcher(text);
        while (summed.find()) {
            asked.add(new AskedMetric(where, summed.group(2), labels(summed.group(1))));
        }
        return asked.stream();
    }

    private static List<Label> labels(String text) {
        return LABEL.matcher(text == null ? "" : text)
                .results()
                .filter(label -> !OF_THE_SCRAPE.contains(label.group(1)))
                .map(label -> new Label(label.group(1), values(label.group(2), label.group(3))))
                .toList();
    }

    private static List<String> values(String operator, String text) {
        return switch (operator) {
            case "=" -> List.of(text);
            case "=~" -> List.of(text.split("\\|", -1));
            case null, default -> List.of();
        };
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
