package io.siaran.docs;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a properties file of a service sets. */
final class Properties {

    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\$\\{(siaran\\.[a-z0-9.-]+)(?::((?:[^{}]|\\$\\{[^}]*})*))?}");

    /** A value that somebody else sets, and what holds where nobody does. */
    record Placeholder(String name, String otherwise) {}

    private Properties() {}

    /** Without those of a profile: they are for tests. */
    static Map<String, String> read(Path file) throws IOException {
        java.util.Properties properties = new java.util.Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> values = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (!name.startsWith("%")) {
                values.put(name, properties.getProperty(name));
            }
        }
        return values;
    }

    static List<Placeholder> placeholders(String value) {
        return PLACEHOLDER
                .matcher(value)
                .results()
                .map(match -> new Placeholder(match.group(1), match.group(2) == null ? "" : match.group(2)))
                .toList();
    }
}
