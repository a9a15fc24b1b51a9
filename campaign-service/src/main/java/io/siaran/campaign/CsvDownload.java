package io.siaran.campaign;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** An answer that is a CSV file, written while it is sent. */
public final class CsvDownload {

    public static final String TYPE = "text/csv";

    private static final int PART = 65_536;

    private CsvDownload() {}

    public static Response of(String name, Consumer<CsvWriter> lines) {
        StreamingOutput output = stream -> write(stream, lines);
        return Response.ok(output, TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static void write(OutputStream stream, Consumer<CsvWriter> lines) throws IOException {
        OutputStream parts = new BufferedOutputStream(new Passing(stream), PART);
        try (CsvWriter out =
                CsvWriter.builder().build(new BufferedWriter(new OutputStreamWriter(parts, StandardCharsets.UTF_8)))) {
            lines.accept(out);
        }
    }

    /** The stream of an answer keeps what it is given, so that a list is sent whole; a file is sent part by part. */
    private static final class Passing extends FilterOutputStream {

        Passing(OutputStream answer) {
            super(answer);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }
    }
}
