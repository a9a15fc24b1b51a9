package io.siaran.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text as a person reads it: the variation of the anti-spam layer taken back. */
final class Reading {

    private static final Path TABLE = PackagedStack.REPOSITORY.resolve(
            "device-gateway/src/main/resources/io/siaran/gateway/antispam/homoglyphs.txt");
    private static final Map<Integer, String> LETTER_OF = read();

    private Reading() {}

    /** Without zero-width characters, each look-alike as the letter that it stands for. */
    static String plain(String varied) {
        return varied.codePoints()
                .filter(c -> c != 0x200B && c != 0x200C && c != 0x2060)
                .mapToObj(c -> LETTER_OF.getOrDefault(c, Character.toString(c)))
                .collect(Collectors.joining());
    }

    private static Map<Integer, String> read() {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 3))
                    .collect(Collectors.toMap(row -> Integer.parseInt(row[1], 16), row -> row[0]));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
