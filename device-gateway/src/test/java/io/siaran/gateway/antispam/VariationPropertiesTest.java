package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.template.Rendered;
import io.siaran.model.template.Variables;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class VariationPropertiesTest {

    private static final Variables ANI = new Variables("Ani", "60121111111", null);
    private static final int WABLAS = 1_024;

    /** A part of a text, and the white space behind it. */
    record Piece(String text, boolean hasMeaning, String gap) {}

    @Property
    void undoing_the_variation_gives_the_text_back(@ForAll("texts") String text, @ForAll long seed) {
        // When
        String varied = vary(text, seed, WABLAS);

        // Then
        boolean ownTwins = text.chars().anyMatch(unit -> Homoglyphs.isTwin((char) unit));
        boolean ownInvisibles = !withoutInvisibles(text).equals(text);
        String visible = ownInvisibles ? varied : withoutInvisibles(varied);
        assertThat(ownTwins ? visible : lettersBack(visible)).isEqualTo(text);
    }

    @Property
    void what_has_a_meaning_stays_as_written_where_it_stands(@ForAll("pieces") List<Piece> pieces, @ForAll long seed) {
        // When
        String varied = vary(joined(pieces), seed, WABLAS);

        // Then
        int at = 0;
        for (Piece piece : pieces) {
            int end = at + unitsOf(varied, at, piece.text().length());
            String now = varied.substring(at, end);
            assertThat(piece.hasMeaning() ? now : lettersBack(now)).isEqualTo(piece.text());
            at = end + unitsOf(varied, end, piece.gap().length());
        }
    }

    @Property
    void newlines_and_all_other_white_space_are_kept(@ForAll("pieces") List<Piece> pieces, @ForAll long seed) {
        // Given
        String text = joined(pieces);

        // Then
        assertThat(gaps(vary(text, seed, WABLAS))).isEqualTo(gaps(text));
    }

    @Property
    void invisible_characters_stand_only_between_two_words(@ForAll("texts") String text, @ForAll long seed) {
        String varied = vary(text, seed, WABLAS);
        if (withoutInvisibles(text).equals(text)) {
            assertThat(varied.replaceAll("(?<=\\p{L})[\u200B\u2060](?= [(\"'“‘]*\\p{L})", ""))
                    .doesNotContainPattern("[\u200B\u2060]");
            assertThat(varied.length()).isLessThanOrEqualTo(text.length() + 2);
        }
    }

    @Property
    void nothing_grows_beyond_the_platforms_limit(@ForAll("texts") String text, @ForAll long seed) {
        assertThat(vary(text, seed, 80).length()).isLessThanOrEqualTo(Math.max(80, text.length()));
    }

    @Property
    void the_same_seed_makes_the_same_text(@ForAll("texts") String text, @ForAll long seed) {
        assertThat(vary(text, seed, WABLAS)).isEqualTo(vary(text, seed, WABLAS));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                pieces().map(VariationPropertiesTest::joined),
                pieces().map(pieces -> joined(pieces) + "a\u200Bpa"),
                pieces().map(pieces -> "привет " + joined(pieces)),
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.strings()
                        .withChars("ace ACE\u200B\u0430\u0301\u200D\n*_~`@#.👍🏽")
                        .ofMaxLength(60));
    }

    @Provide
    Arbitrary<List<Piece>> pieces() {
        Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", " ", "\n", "\n\n", "  ", "\t", "\r\n", "\u00A0 ");
        Arbitrary<Piece> prose = Arbitraries.of(
                        "apa",
                        "khabar",
                        "saya,",
                        "ada",
                        "promosi",
                        "cepat",
                        "(terhad)",
                        "don't",
                        "email",
                        "e-mel",
                        "naïve",
                        "سلامت",
                        "ڤاݢي")
                .flatMap(word -> gaps.map(gap -> new Piece(word, false, gap)));
        Arbitrary<Piece> meaning = Arbitraries.of(
                        "https://siaran.my/apa?b=c&d=e",
                        "kedai.com.my",
                        "jualan@kedai.com",
                        "RM 50",
                        "RM50.90",
                        "50%",
                        "012-345 6789",
                        "+60123456789",
                        "@ani",
                        "#sale",
                        "*tebal*",
                        "_condong_",
                        "~potong~",
                        "```kod ace```",
                        "`ace ace`",
                        "Ani",
                        "\nReply STOP to opt out\n",
                        "👨‍👩‍👧‍👦",
                        "🇲🇾",
                        "👍🏽",
                        "cafe\u0301",
                        "陈美玲",
                        "السلام",
                        "வணக்கம்")
                .flatMap(word -> gaps.map(gap -> new Piece(word, true, gap)));
        return Arbitraries.frequencyOf(Tuple.of(2, prose), Tuple.of(1, meaning))
                .list()
                .ofMaxSize(30);
    }

    private static String joined(List<Piece> pieces) {
        return pieces.stream().map(piece -> piece.text() + piece.gap()).collect(Collectors.joining());
    }

    /** How many units of a varied text, from there on, so many of the text as written have become. */
    private static int unitsOf(String varied, int from, int units) {
        int at = from;
        int left = units;
        while (left > 0) {
            if (!Invisibles.isOne(varied.charAt(at))) {
                left--;
            }
            at++;
        }
        return at - from;
    }

    private static String gaps(String text) {
        return withoutInvisibles(text).replaceAll("\\S", "");
    }

    private static String vary(String text, long seed, int longest) {
        return Variation.of(Rendered.of(text), ANI, longest - text.length(), new SplittableRandom(seed));
    }

    private static String withoutInvisibles(String text) {
        return text.replaceAll("[\u200B\u2060]", "");
    }

    private static String lettersBack(String text) {
        StringBuilder letters = new StringBuilder();
        text.chars().forEach(unit -> letters.append(Homoglyphs.written((char) unit)));
        return letters.toString();
    }
}
