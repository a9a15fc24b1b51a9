package io.siaran.campaign.lead;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.siaran.model.DeviceId;
import io.siaran.rest.Refusal;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The lines of a file, one after the other: comma, semicolon or tab, whichever its header has most of. */
final class CsvFile implements Closeable {

    private static final int LONGEST_HEADER = 65_536;
    private static final int LONGEST_CELL = 65_536;

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final CsvHeader header;
    private final char separator;

    private CsvFile(CsvReader<CsvRecord> reader, char separator, List<String> mapping) {
        this.reader = reader;
        this.separator = separator;
        this.records = reader.iterator();
        if (!records.hasNext()) {
            throw Refusal.invalid("body", "the file has no header");
        }
        this.header = CsvHeader.of(records.next().getFields(), mapping);
    }

    /** Throws a {@link Refusal} (a 400) for a header that cannot be used. */
    static CsvFile open(InputStream bytes, Charset encoding, List<String> mapping) {
        try {
            BufferedReader text =
                    new BufferedReader(new InputStreamReader(withoutMark(bytes), encoding), LONGEST_HEADER);
            char separator = separator(text);
            return new CsvFile(
                    CsvReader.builder()
                            .fieldSeparator(separator)
                            .skipEmptyLines(true)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .allowUnclosedQuote(false)
                            .maxBufferSize(LONGEST_CELL * 16)
                            .ofCsvRecord(text),
                    separator,
                    mapping);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    CsvHeader header() {
        return header;
    }

    char separator() {
        return separator;
    }

    /** The next line that is not blank; empty after the last. Throws {@link Unreadable} where the file is broken. */
    Optional<CsvRow> next(DeviceId device, boolean eraseBlank) {
        try {
            while (records.hasNext()) {
                CsvRecord record = records.next();
                if (record.getFields().stream().anyMatch(cell -> !cell.isBlank())) {
                    return Optional.of(CsvRow.read(
                            record.getStartingLineNumber(), record.getFields(), header, device, eraseBlank));
                }
            }
            return Optional.empty();
        } catch (NoSuchElementException | de.siegmar.fastcsv.reader.CsvParseException broken) {
            throw new Unreadable(broken);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static InputStream withoutMark(InputStream bytes) throws IOException {
        PushbackInputStream stream = new PushbackInputStream(bytes, 4);
        byte[] head = stream.readNBytes(4);
        int mark = CsvEncoding.mark(head);
        stream.unread(head, mark, head.length - mark);
        return stream;
    }

    /** Outside of quotes, in the first line. */
    private static char separator(BufferedReader text) throws IOException {
        text.mark(LONGEST_HEADER);
        int[] counts = new int[3];
        boolean quoted = false;
        for (int i = 0, read; i < LONGEST_HEADER - 1 && (read = text.read()) >= 0; i++) {
            quoted ^= read == '"';
            if (!quoted && (read == '\n' || read == '\r')) {
                break;
            }
            int kind = quoted ? -1 : ",;\t".indexOf(read);
            if (kind >= 0) {
                counts[kind]++;
            }
        }
        text.reset();
        return counts[2] > counts[0] && counts[2] >= counts[1] ? '\t' : counts[1] > counts[0] ? ';' : ',';
    }

    /** The file cannot be read any further. */
    static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Unreadable(RuntimeException cause) {
            super("a line cannot be read, such as one whose quotes do not end", cause);
        }
    }
}
