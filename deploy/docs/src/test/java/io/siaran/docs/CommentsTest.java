package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The formatter wraps a line comment that is too long, and leaves its last words alone on a line. */
class CommentsTest {

    private static final int LONG = 95;

    @Test
    void no_comment_is_broken_by_the_formatter() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : Pages.files(".java")) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 1; i + 1 < lines.size(); i++) {
                if (isBroken(lines.get(i - 1), lines.get(i), lines.get(i + 1))) {
                    broken.add(Pages.REPOSITORY.relativize(file) + ":" + (i + 1));
                }
            }
        }
        assertThat(broken).as("write these comments in shorter lines").isEmpty();
    }

    private static boolean isBroken(String before, String line, String after) {
        return isComment(before)
                && isComment(line)
                && isComment(after)
                && before.length() > LONG
                && !before.endsWith(".")
                && !before.endsWith(":")
                && line.strip().split(" ").length <= 3;
    }

    private static boolean isComment(String line) {
        return line.strip().startsWith("// ");
    }
}
