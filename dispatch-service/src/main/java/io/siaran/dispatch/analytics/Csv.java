package io.siaran.dispatch.analytics;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as CSV by RFC 4180; pure. */
final class Csv {

    private static final String HEADER =
            "key,label,should_send,pending,processing,sent,failed,cancelled,unknown,delivered,read,remaining,"
                    + "replied,opted_out";

    private Csv() {}

    static String of(AnalyticsReport report) {
        return Stream.concat(Stream.of(HEADER), report.items().stream().map(Csv::line))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static String line(Outcomes group) {
        String counts = group.csv().stream().map(Object::toString).collect(Collectors.joining(","));
        return quoted(group.key()) + "," + quoted(group.label()) + "," + counts;
    }

    /** A name that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String quoted(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        String safe = "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
