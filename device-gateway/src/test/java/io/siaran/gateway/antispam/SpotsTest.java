package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.template.Rendered;
import io.siaran.model.template.Template;
import io.siaran.model.template.Variables;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which letters may be touched: a text is shown with those in brackets that may. */
class SpotsTest {

    private static final Variables AISYAH = new Variables("Aisyah Zulkifli", "60121111111", "ecommerce");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://siaran.my/apa?x=c&d=e",
                "kedai.com.my",
                "kedai.com,",
                "www.kedai.com/promosi",
                "jualan@kedai.com",
                "wa.me/60123456789",
                "50",
                "RM50.90",
                "RM 50",
                "50 sen",
                "Rp 100",
                "50%",
                "2x",
                "012-345 6789",
                "+60123456789",
                "@aisyah",
                "#promosi",
                "*promosi*",
                "_promosi_",
                "~promosi~",
                "`kod promosi kita`",
                "```kod promosi\nbaris dua```",
                "> ",
                "- ",
                "1. ",
                "👨‍👩‍👧‍👦",
                "apa🔥",
                "🇲🇾",
                "❤️",
                "👍🏽",
                "é\u0301a",
                "cafe\u0301",
                "陈美玲",
                "السلام عليكم",
                "سلامت ڤاݢي",
                "வணக்கம்",
                "Balas STOP untuk berhenti",
                "taip *BERHENTI* kalau tidak mahu lagi",
                "reply stop to opt out",
                "To unsubscribe, tell us",
                "Aisyah",
                "Zulkifli!",
                "Aisyah-",
                "a\u200Bpa"
            })
    void what_has_a_meaning_is_left_alone(String text) {
        assertThat(marked(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[a]n[e]k[a] promosi",
                "(sale!) \"hebat\"",
                "don't e-mel",
                "*besar* sekali",
                "kod `SAVE me` sekarang",
                "Jangan berhenti mencuba",
                "Balas STOP\nPromosi hebat",
                "`satu tanda sahaja"
            })
    void the_words_of_prose_are_touched(String text) {
        assertThat(marked(text.replaceAll("[\\[\\]]", ""))).contains("[");
    }

    @Test
    void the_value_of_a_variable_is_left_alone_and_the_word_it_is_part_of() {
        // Given
        Rendered text = Template.parse("{{niche}}ku ecommerce {{name}}").render(AISYAH, new SplittableRandom(1));

        // Then
        assertThat(marked(text)).isEqualTo("ecommerceku [e][c][o]mm[e]r[c][e] Aisyah Zulkifli");
    }

    @Test
    void words_in_capitals_are_touched_only_where_there_are_no_others() {
        assertThat(marked("GUNA SAVE hari ini")).isEqualTo("GUNA SAVE h[a]r[i] [i]n[i]");
        assertThat(marked("BELI SATU")).isEqualTo("[B][E]LI S[A][T]U");
    }

    @Test
    void a_line_that_tells_how_to_opt_out_is_left_alone_and_no_other() {
        assertThat(marked("apa\nBalas STOP ya\napa")).isEqualTo("[a][p][a]\nBalas STOP ya\n[a][p][a]");
    }

    @Test
    void what_makes_an_opt_out_line_stands_in_one_line() {
        assertThat(marked("stop\nbalas")).isEqualTo("[s]t[o][p]\nb[a]l[a][s]");
        assertThat(marked("unsubscribe\napa")).isEqualTo("unsubscribe\n[a][p][a]");
    }

    @Test
    void a_text_with_invisible_characters_of_its_own_gets_no_others() {
        assertThat(Spots.of(Rendered.of("apa khabar"), AISYAH).gaps().count()).isEqualTo(1);
        assertThat(Spots.of(Rendered.of("apa khabar \u200B"), AISYAH).gaps().count())
                .isZero();
    }

    private static String marked(String text) {
        return marked(Rendered.of(text));
    }

    private static String marked(Rendered text) {
        StringBuilder marked = new StringBuilder(text.text());
        int[] places = Spots.of(text, AISYAH).letters().draw(Integer.MAX_VALUE, new SplittableRandom(1));
        for (int i = places.length - 1; i >= 0; i--) {
            marked.insert(places[i] + 1, ']').insert(places[i], '[');
        }
        return marked.toString();
    }
}
