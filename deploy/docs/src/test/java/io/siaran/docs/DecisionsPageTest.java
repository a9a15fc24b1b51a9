package io.siaran.docs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/adr/README.md} lists every decision by its number and its title. */
class DecisionsPageTest {

    private static final Path DECISIONS = Pages.REPOSITORY.resolve("docs/adr");
    private static final String HEAD = """
            # Decisions

            What was decided, and why, in the order in which it was. Written by `./siaran docs`.

            """;

    @Test
    void each_decision_is_listed_by_its_title() throws IOException {
        Pages.mustBe(
                "docs/adr/README.md",
                HEAD + decisions().map(DecisionsPageTest::line).collect(joining()));
    }

    @Test
    void the_numbers_have_no_hole_and_each_title_begins_with_its_own() throws IOException {
        List<Path> all = decisions().toList();

        assertThat(all)
                .extracting(decision -> decision.getFileName().toString().substring(0, 5))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, all.size())
                        .mapToObj("%04d-"::formatted)
                        .toList());
        assertThat(all).allSatisfy(decision -> {
            int number = Integer.parseInt(decision.getFileName().toString().substring(0, 4));
            assertThat(title(decision)).startsWith(number + ". ");
        });
    }

    private static Stream<Path> decisions() throws IOException {
        return Pages.files(".md").stream()
                .filter(page -> page.getParent().equals(DECISIONS))
                .filter(page -> page.getFileName().toString().matches("\\d.*"));
    }

    private static String line(Path decision) {
        return "- [%s](%s)\n".formatted(title(decision), decision.getFileName());
    }

    private static String title(Path decision) {
        try (Stream<String> lines = Files.lines(decision)) {
            return lines.findFirst().orElseThrow().replaceFirst("^# ", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
