package io.siaran.bench.sequences;

import io.siaran.bench.queue.Report;
import io.siaran.localstack.launcher.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code ./siaran bench sequences [--leads N] [--stored N] [--crowd N] [--only enrol,progress,tick,turns] [--quick]}. */
public final class SequencesBench {

    private static final Set<String> PARTS = Set.of("enrol", "progress", "tick", "turns");

    private SequencesBench() {}

    public static void run(List<String> arguments, Path log) throws Exception {
        Console.logTo(log);
        List<String> rest = new ArrayList<>(arguments);
        boolean quick = rest.remove("--quick");
        int leads = number(rest, "--leads", quick ? "3000" : "100000");
        int stored = number(rest, "--stored", quick ? "60000" : "3000000");
        int crowd = number(rest, "--crowd", quick ? "20000" : "1000000");
        Set<String> only = new TreeSet<>(
                List.of(value(rest, "--only", String.join(",", PARTS)).split(",")));
        if (!rest.isEmpty() || !PARTS.containsAll(only)) {
            throw new IllegalArgumentException("there are --leads N, --stored N, --crowd N, --only %s, --quick"
                    .formatted(String.join(",", new TreeSet<>(PARTS))));
        }
        Report report = new Report();
        try (Site site = Site.open()) {
            if (only.contains("enrol") || only.contains("progress")) {
                EnrolSpeed enrol = new EnrolSpeed(site, leads);
                enrol.measure(report);
                if (only.contains("progress")) {
                    new ProgressSpeed(site, enrol.sequence()).measure(report, Math.min(leads, 60_000));
                }
            }
            if (only.contains("tick")) {
                new TickTime(site).measure(report, stored, quick ? 500 : 5_000);
            }
            if (only.contains("turns")) {
                new FairTurns(site, crowd).measure(report);
            }
        }
        report.print(System.out);
    }

    private static int number(List<String> arguments, String name, String otherwise) {
        return Integer.parseInt(value(arguments, name, otherwise));
    }

    private static String value(List<String> arguments, String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        arguments.remove(at);
        return arguments.remove(at);
    }
}
