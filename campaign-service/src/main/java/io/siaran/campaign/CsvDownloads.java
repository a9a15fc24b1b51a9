package io.siaran.campaign;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.siaran.rest.FileDownloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Answers that are CSV files, written while they are sent ({@link FileDownloads}). */
@ApplicationScoped
public class CsvDownloads {

    public static final String TYPE = "text/csv";

    private final FileDownloads files;

    CsvDownloads(FileDownloads files) {
        this.files = files;
    }

    /** @param lines reads what there is to be told before the first line, and answers who writes them all */
    public Response of(String name, Supplier<Consumer<CsvWriter>> lines) {
        return files.of(name, TYPE, () -> {
            Consumer<CsvWriter> all = lines.get();
            return text -> {
                try (CsvWriter out = CsvWriter.builder().build(text)) {
                    all.accept(out);
                }
            };
        });
    }
}
