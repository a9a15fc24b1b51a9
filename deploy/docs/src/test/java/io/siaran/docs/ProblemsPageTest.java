package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/problems.md} explains every code that an answer may carry, and none that does not exist. */
class ProblemsPageTest {

    private static final Path REST = Pages.REPOSITORY.resolve("common-rest/src/main/java/io/siaran/rest");
    private static final Pattern CONSTANT = Pattern.compile("(?m)^    ([A-Z][A-Z0-9_]*)(?:\\([^)]*\\))?[,;]?$");
    private static final Pattern HEADING = Pattern.compile("(?m)^### `([a-z_]+)`$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

    @Test
    void every_code_of_a_problem_has_its_paragraph() throws IOException {
        assertThat(all(HEADING, page())).containsExactlyInAnyOrderElementsOf(constants("ProblemCode.java"));
    }

    @Test
    void every_code_of_a_violation_has_its_row() throws IOException {
        assertThat(all(ROW, section("## Codes of violations")))
                .containsExactlyInAnyOrderElementsOf(constants("ViolationCode.java"));
    }

    @Test
    void every_code_of_a_warning_has_its_row() throws IOException {
        assertThat(all(ROW, section("## Codes of warnings")))
                .containsExactlyInAnyOrderElementsOf(constants("WarningCode.java"));
    }

    private static String page() throws IOException {
        return Files.readString(Pages.REPOSITORY.resolve("docs/problems.md"));
    }

    private static String section(String heading) throws IOException {
        String rest = page().split(Pattern.quote(heading), 2)[1];
        return rest.split("\n## ", 2)[0];
    }

    private static List<String> constants(String file) throws IOException {
        return all(CONSTANT, Files.readString(REST.resolve(file))).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
