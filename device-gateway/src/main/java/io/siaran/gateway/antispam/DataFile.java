package io.siaran.gateway.antispam;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The data files beside this package's classes: a line an entry, {@code #} begins a comment. */
final class DataFile {

    private DataFile() {}

    static List<String> lines(String name) {
        try (InputStream file = DataFile.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(name, unreadable);
        }
    }
}
