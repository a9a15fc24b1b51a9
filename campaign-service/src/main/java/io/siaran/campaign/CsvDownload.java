package io.siaran.campaign;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** An answer that is a CSV file, written while it is sent. */
public final class CsvDownload {

    public static final String TYPE = "text/csv";

    private CsvDownload() {}

    public static Response of(String name, Consumer<CsvWriter> lines) {
        StreamingOutput output = stream -> write(stream, lines);
        return Response.ok(output, TYPE)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private static void write(OutputStream stream, Consumer<CsvWriter> lines) throws IOException {
        try (CsvWriter out =
                CsvWriter.builder().build(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8)))) {
            lines.accept(out);
        }
    }
}
