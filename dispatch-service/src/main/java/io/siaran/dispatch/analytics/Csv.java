package io.siaran.dispatch.analytics;

import java.util.stream.Collectors;

/** A report as CSV by RFC 4180, made line by line. */
final class Csv {

    static final String TYPE = "text/csv";

    private static final String END = "\r\n";
    private static final String HEADER =
            "key,label,should_send,pending,processing,sent,failed,cancelled,unknown,delivered,read,remaining,"
                    + "replied,opted_out";

    private final StringBuilder text = new StringBuilder(HEADER).append(END);
    private int groups;

    void add(Outcomes group) {
        text.append(line(group)).append(END);
        groups++;
    }

    /** How many there are. */
    int groups() {
        return groups;
    }

    String text() {
        return text.toString();
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
