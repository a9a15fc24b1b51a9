package io.siaran.dispatch.analytics;

import io.siaran.rest.MadeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A report as CSV by RFC 4180, written line by line into a file of UTF-8. */
final class Csv {

    static final String TYPE = "text/csv";

    private static final String END = "\r\n";
    private static final String HEADER =
            "key,label,should_send,pending,processing,sent,failed,cancelled,unknown,delivered,read,remaining,"
                    + "replied,opted_out";

    private final MadeFile file;
    private final Writer out;
    private int groups;

    Csv(MadeFile file) {
        this.file = file;
        // The writer of a stream alone makes an array of each text that it is given.
        this.out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8));
        written(() -> out.append(HEADER).append(END));
    }

    void add(Outcomes group) {
        written(() -> {
            cell(group.key());
            out.append(',');
            cell(group.label());
            for (Object count : group.csv()) {
                out.append(',').append(count.toString());
            }
            out.append(END);
        });
        groups++;
    }

    /** How many there are. */
    int groups() {
        return groups;
    }

    /** With all that was added. */
    MadeFile file() {
        written(out::flush);
        return file;
    }

    /** A name that a spreadsheet would take for a formula begins with an apostrophe. */
    private void cell(String text) throws IOException {
        if (text == null || text.isEmpty()) {
            return;
        }
        out.append('"');
        if ("=+-@\t\r".indexOf(text.charAt(0)) >= 0) {
            out.append('\'');
        }
        out.append(text.replace("\"", "\"\"")).append('"');
    }

    private static void written(Writing writing) {
        try {
            writing.run();
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
