package io.siaran.bench.queue;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** The table at the end: what was reached, beside what, and whether that clears the bar. */
public final class Report {

    private record Line(String what, String reached, String beside, String ratio, String bar, String verdict) {}

    private final List<Line> lines = new ArrayList<>();

    /** A ratio that should be at least {@code bar}. */
    public void atLeast(double bar, String what, String reached, String beside, double ratio) {
        add(what, reached, beside, ratio, "≥ %.2f".formatted(bar), ratio >= bar);
    }

    /** A ratio that should be at most {@code bar}. */
    public void atMost(double bar, String what, String reached, String beside, double ratio) {
        add(what, reached, beside, ratio, "≤ %.2f".formatted(bar), ratio <= bar);
    }

    /** A figure without a bar. */
    public void note(String what, String reached) {
        lines.add(new Line(what, reached, "", "", "", ""));
    }

    private void add(String what, String reached, String beside, double ratio, String bar, boolean clears) {
        lines.add(new Line(what, reached, beside, "%.2f".formatted(ratio), bar, clears ? "reached" : "MISSED"));
    }

    public void print(PrintStream out) {
        String row = "| %-44s | %-34s | %-40s | %6s | %6s | %-7s |%n";
        out.printf(row, "what", "reached", "beside", "ratio", "bar", "");
        out.println("|" + "-".repeat(46) + "|" + "-".repeat(36) + "|" + "-".repeat(42) + "|" + "-".repeat(8) + "|"
                + "-".repeat(8) + "|" + "-".repeat(9) + "|");
        lines.forEach(
                line -> out.printf(row, line.what, line.reached, line.beside, line.ratio, line.bar, line.verdict));
    }
}
