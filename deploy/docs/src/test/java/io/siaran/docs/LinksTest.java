package io.siaran.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A link from a page to a file or a heading of the repository leads somewhere. Links to elsewhere are not followed. */
class LinksTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *(```|~~~).*?^ *\\1 *$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)>?[^)]*\\)");
    private static final Pattern REFERENCE = Pattern.compile("(?m)^ {0,3}\\[[^\\]]+]:\\s*(\\S+)");
    private static final Pattern ELSEWHERE = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6} +(.*?)(?: +#+)? *$");
    private static final Pattern ANCHOR = Pattern.compile("<a +(?:id|name)=\"([^\"]+)\"");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void every_link_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        int followed = 0;
        for (Path page : Pages.files(".md")) {
            for (String link : links(Files.readString(page))) {
                followed++;
                if (!leadsSomewhere(page, link)) {
                    broken.add(Pages.REPOSITORY.relativize(page) + ": " + link);
                }
            }
        }
        assertThat(followed).as("links to pages and headings").isGreaterThan(100);
        assertThat(broken).isEmpty();
    }

    @Test
    void what_is_said_in_code_is_no_link_and_what_leads_elsewhere_is_not_followed() {
        assertThat(links("""
                        [one](a.md#b "title"), `[two](b.md)` and [three](https://siaran.example/x)
                        ```
                        [four](c.md)
                        ```
                        [five]: d.md
                        """)).containsExactly("a.md#b", "d.md");
    }

    @Test
    void a_heading_is_linked_to_by_its_words_also_when_it_is_there_twice() {
        assertThat(anchorsOf("# What to `touch` for…\n## …a stop rule\n## Words, twice\n## Words, twice\n"))
                .containsExactlyInAnyOrder("what-to-touch-for", "a-stop-rule", "words-twice", "words-twice-1");
    }

    private boolean leadsSomewhere(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        boolean isThere = target.startsWith(Pages.REPOSITORY) && Files.exists(target);
        return isThere && (hash < 0 || !target.toString().endsWith(".md") || has(target, link.substring(hash + 1)));
    }

    private boolean has(Path page, String anchor) throws IOException {
        if (!anchors.containsKey(page)) {
            anchors.put(page, anchorsOf(Files.readString(page)));
        }
        return anchors.get(page).contains(anchor);
    }

    private static List<String> links(String page) {
        String text = CODE.matcher(FENCED.matcher(page).replaceAll("")).replaceAll("");
        List<String> links = new ArrayList<>();
        for (Pattern form : List.of(LINK, REFERENCE)) {
            form.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(link -> !ELSEWHERE.matcher(link).matches())
                    .forEach(links::add);
        }
        return links;
    }

    /** As the forge makes them: in small letters, without punctuation, with a number where one is there already. */
    private static Set<String> anchorsOf(String page) {
        String text = FENCED.matcher(page).replaceAll("");
        Set<String> anchors = new HashSet<>();
        ANCHOR.matcher(text).results().map(found -> found.group(1)).forEach(anchors::add);
        for (MatchResult heading : HEADING.matcher(text).results().toList()) {
            String words = heading.group(1).replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1");
            String anchor = words.toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                    .replace(' ', '-');
            int before = 0;
            while (!anchors.add(before == 0 ? anchor : anchor + "-" + before)) {
                before++;
            }
        }
        return anchors;
    }
}
