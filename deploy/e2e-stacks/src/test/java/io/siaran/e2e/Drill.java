package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault of which alerts tell.
 *
 * @param fault what goes wrong, as docs/operations.md says it
 * @param alerts as {@link Prometheus#firing} names them
 * @param happens has it go wrong; returns at once or soon
 * @param isMended sets it right again
 */
record Drill(String fault, Set<String> alerts, Runnable happens, Runnable isMended) {

    private static final Path HANDBOOK = PackagedStack.REPOSITORY.resolve("docs/operations.md");

    /** Its row in docs/operations.md. */
    String row() {
        return "| %s | %s |"
                .formatted(
                        fault, names().sorted().map(alert -> "`" + alert + "`").collect(Collectors.joining(", ")));
    }

    /** Of its alerts, without the services of which they are. */
    Stream<String> names() {
        return alerts.stream().map(alert -> alert.split(" ", 2)[0]);
    }

    /** The section of docs/operations.md with that heading has a row for each of them, and no other. */
    static void assertTheHandbookSaysSo(String heading, List<Drill> drills) throws IOException {
        String section = Files.readString(HANDBOOK)
                .split("\n#+ " + Pattern.quote(heading) + "\n")[1]
                .split("\n##")[0];
        assertThat(section.lines().filter(line -> line.startsWith("| ") && line.contains("`")))
                .containsExactlyInAnyOrderElementsOf(
                        drills.stream().map(Drill::row).toList());
    }

    static Set<String> alerts(Stream<Drill> drills) {
        return drills.flatMap(drill -> drill.alerts().stream()).collect(Collectors.toSet());
    }
}
