package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository as its pages see it. */
final class Pages {

    static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();

    private static final boolean WRITE = Boolean.getBoolean("docs.write");

    private Pages() {}

    /** The page must say exactly this; with {@code -Ddocs.write=true} it is made to. */
    static void mustBe(String page, String content) throws IOException {
        Path file = REPOSITORY.resolve(page);
        if (WRITE) {
            Files.writeString(file, content);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as("%s is stale: run './siaran docs' and commit what it writes", page)
                .isEqualTo(content);
    }

    /** Every file of the project with that ending, without what builds leave behind. */
    static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(Files::isRegularFile)
                    .filter(Pages::isSource)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isSource(Path file) {
        for (Path part : REPOSITORY.relativize(file)) {
            String name = part.toString();
            if (name.equals("target") || name.startsWith(".") || name.equals("node_modules")) {
                return false;
            }
        }
        return true;
    }
}
