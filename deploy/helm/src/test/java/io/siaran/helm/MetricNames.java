package io.siaran.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics of ours: those that the services' source makes, and those that rules and dashboards ask for. */
final class MetricNames {

    private static final Pattern MADE = Pattern.compile("\"(siaran(?:\\.[a-z]+)+)\"");
    private static final Pattern MADE_BY_BRIDGE = Pattern.compile("name: '(siaran_[a-z_]+)'");
    private static final Path OF_BRIDGE = Chart.REPOSITORY.resolve("whatsapp-bridge/src/observe/metrics.ts");
    private static final Pattern ASKED = Pattern.compile("\\bsiaran_[a-z_]+");
    private static final Pattern SUFFIX = Pattern.compile("(_total|_seconds|_records|_bucket|_count|_sum|_max)+$");

    private MetricNames() {}

    /** As Prometheus writes them, without what its naming adds for the kind and the unit. */
    static Set<String> ofTheServices() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Chart.REPOSITORY)) {
            for (Path module : modules.map(each -> each.resolve("src/main/java"))
                    .filter(Files::exists)
                    .toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                            .toList()) {
                        Matcher made = MADE.matcher(Files.readString(file));
                        while (made.find()) {
                            names.add(made.group(1).replace('.', '_'));
                        }
                    }
                }
            }
        }
        Matcher made = MADE_BY_BRIDGE.matcher(Files.readString(OF_BRIDGE));
        while (made.find()) {
            names.add(bare(made.group(1)));
        }
        return names;
    }

    static Set<String> askedFor(List<Path> files) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files) {
            Matcher asked = ASKED.matcher(Files.readString(file));
            while (asked.find()) {
                names.add(bare(asked.group()));
            }
        }
        return names;
    }

    private static String bare(String name) {
        return SUFFIX.matcher(name).replaceFirst("");
    }
}
