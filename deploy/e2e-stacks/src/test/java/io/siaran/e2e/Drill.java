package io.siaran.e2e;

import java.util.Set;
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

    static Set<String> alerts(Stream<Drill> drills) {
        return drills.flatMap(drill -> drill.alerts().stream()).collect(Collectors.toSet());
    }
}
