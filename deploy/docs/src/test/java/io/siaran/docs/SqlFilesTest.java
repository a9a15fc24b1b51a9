package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Files of SQL are named in one style, statements as well as migrations, so that a name in a comment finds its file. */
class SqlFilesTest {

    private static final Pattern NAME = Pattern.compile("((V\\d{4}|R)__)?[a-z0-9]+(-[a-z0-9]+)*\\.sql");

    @Test
    void words_of_a_name_are_joined_by_hyphens() throws IOException {
        assertThat(Pages.files(".sql"))
                .hasSizeGreaterThan(100)
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .allMatch(name -> NAME.matcher(name).matches(), "is in small letters with hyphens");
    }
}
