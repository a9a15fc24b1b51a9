package io.siaran.campaign;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.siaran.rest.FileDownload;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;

/** An answer that is a CSV file, written while it is sent. */
public final class CsvDownload {

    public static final String TYPE = "text/csv";

    private CsvDownload() {}

    public static Response of(String name, Consumer<CsvWriter> lines) {
        return FileDownload.of(name, TYPE, text -> {
            try (CsvWriter out = CsvWriter.builder().build(text)) {
                lines.accept(out);
            }
        });
    }
}
