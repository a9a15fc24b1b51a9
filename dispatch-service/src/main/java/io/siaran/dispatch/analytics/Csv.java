package io.siaran.dispatch.analytics;

import java.io.IOException;
import java.io.Writer;
import java.util.Iterator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A report as CSV by RFC 4180, written line by line. */
final class Csv {

    static final String TYPE = "text/csv";

    private static final String HEADER =
            "key,label,should_send,pending,processing,sent,failed,cancelled,unknown,delivered,read,remaining,"
                    + "replied,opted_out";

    private Csv() {}

    static void write(Stream<Outcomes> groups, Writer out) throws IOException {
        Iterator<String> lines =
                Stream.concat(Stream.of(HEADER), groups.map(Csv::line)).iterator();
        while (lines.hasNext()) {
            out.append(lines.next()).append("\r\n");
        }
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
