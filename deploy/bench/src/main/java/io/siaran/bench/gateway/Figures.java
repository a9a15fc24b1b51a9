package io.siaran.bench.gateway;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, line by line, and whether it reaches what was asked. */
final class Figures {

    private record Line(String what, String measured, String bar, String verdict) {}

    private final List<Line> lines = new ArrayList<>();

    void note(String what, String measured) {
        lines.add(new Line(what, measured, "", ""));
    }

    void atLeast(String what, double measured, double bar) {
        judge(what, measured, ">= ", bar, measured >= bar);
    }

    void atMost(String what, double measured, double bar) {
        judge(what, measured, "<= ", bar, measured <= bar);
    }

    private void judge(String what, double measured, String sign, double bar, boolean reached) {
        lines.add(new Line(what, number(measured), sign + number(bar), reached ? "reached" : "MISSED"));
    }

    static String number(double value) {
        return value == Math.rint(value) || value >= 100
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Says where a long benchmark is. */
    void phase(String what) {
        System.out.printf("%tT %s%n", ZonedDateTime.now(ZoneOffset.UTC), what);
    }

    void print() {
        System.out.println();
        for (Line line : lines) {
            System.out.printf("  %-72s %14s  %-10s %s%n", line.what(), line.measured(), line.bar(), line.verdict());
        }
        System.out.println();
    }
}
