package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AntiSpamTest {

    private static final int WABLAS = 1_024;
    private static final ContactName ANI = ContactName.of("Ani");
    private static final ZonedDateTime MORNING =
            ZonedDateTime.of(2026, 11, 27, 9, 30, 0, 0, ZoneId.of("Asia/Kuala_Lumpur"));
    private static final String HUNDRED_LETTERS = "Jangan lepaskan peluang keemasan ini kerana semua barangan kami kini"
            + " ditawarkan pada harga istimewa untuk pelanggan setia";

    @Example
    void a_blank_line_parts_greeting_and_text() {
        assertThat(prepare(AntiSpamProfile.GREETING, "Line one\nLine two", "Ani"))
                .matches(Pattern.compile("[^\n]*Ani[^\n]*\n\nLine one\nLine two", Pattern.DOTALL));
    }

    @Example
    void off_changes_nothing() {
        assertThat(prepare(AntiSpamProfile.OFF, HUNDRED_LETTERS, "Ani")).isEqualTo(HUNDRED_LETTERS);
    }

    @Example
    void a_word_of_two_thousand_hyphens_is_a_text_like_any_other() {
        String text = "a-".repeat(2_047) + "a";
        assertThat(prepare(AntiSpamProfile.FULL, text, "Ani")).isNotEmpty();
    }

    @Example
    void a_thousand_messages_make_nearly_as_many_texts() {
        // When
        Set<String> texts = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            texts.add(AntiSpam.prepare(
                    MessageId.random(Instant.EPOCH, random),
                    HUNDRED_LETTERS,
                    "Ani",
                    AntiSpamProfile.FULL,
                    MORNING,
                    WABLAS));
        }

        // Then
        assertThat(texts).hasSizeGreaterThanOrEqualTo(900);
    }

    @Property
    void the_same_message_makes_the_same_text(@ForAll("texts") String text, @ForAll long seed) {
        MessageId id = MessageId.random(Instant.EPOCH, new Random(seed));
        assertThat(AntiSpam.prepare(id, text, "Ani", AntiSpamProfile.FULL, MORNING, WABLAS))
                .isEqualTo(AntiSpam.prepare(id, text, "Ani", AntiSpamProfile.FULL, MORNING, WABLAS));
    }

    @Property
    void undoing_the_variation_gives_the_text_back(@ForAll("texts") String text, @ForAll long seed) {
        // When
        String varied = vary(text, seed, WABLAS);

        // Then
        boolean ownTwins = Homoglyphs.usesTwins(text);
        boolean ownInvisibles = !withoutInvisibles(text).equals(text);
        assertThat(ownInvisibles ? varied : withoutInvisibles(varied))
                .satisfies(visible ->
                        assertThat(ownTwins ? visible : lettersBack(visible)).isEqualTo(text));
    }

    @Property
    void nothing_grows_beyond_the_platforms_limit(@ForAll("texts") String text, @ForAll long seed) {
        String prepared = AntiSpam.prepare(
                MessageId.random(Instant.EPOCH, new Random(seed)), text, "Ani", AntiSpamProfile.FULL, MORNING, 80);
        assertThat(prepared.length()).isLessThanOrEqualTo(Math.max(80, text.length()));
    }

    @Property
    void what_has_a_meaning_stays_as_written(@ForAll("texts") String text, @ForAll long seed) {
        // Given
        Pattern meaning =
                Pattern.compile("https?://\\S+|\\S+@\\S+|[@#]\\S+|\\S*\\d\\S*|\\S+\\.(?:com|my)\\S*|[*_~][^\\s]+");

        // When
        String varied = vary(text, seed, WABLAS);

        // Then
        Matcher kept = meaning.matcher(text);
        while (kept.find()) {
            assertThat(varied).contains(kept.group());
        }
    }

    @Property
    void a_text_of_twenty_plain_letters_is_varied(@ForAll long seed) {
        String text = "apa cerita saya ini cepat apa cerita";
        assertThat(lettersBack(withoutInvisibles(vary(text, seed, WABLAS)))).isEqualTo(text);
        assertThat(withoutInvisibles(vary(text, seed, WABLAS))).isNotEqualTo(text);
    }

    @Example
    void the_contacts_name_stays_as_written_inside_the_text_too() {
        for (int seed = 0; seed < 300; seed++) {
            assertThat(Variation.of(
                            "Aisyah, Aisyah, Aisyah",
                            ContactName.of("Aisyah Zulkifli"),
                            WABLAS,
                            new SplittableRandom(seed)))
                    .contains("Aisyah,");
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> words = Arbitraries.of(
                "apa",
                "khabar",
                "saya,",
                "ada",
                "promosi",
                "SALE!",
                "cepat",
                "(terhad)",
                "Ani",
                "don't",
                "email",
                "https://siaran.my/a?b=c&d=e",
                "kedai.com.my",
                "jualan@kedai.com",
                "RM",
                "50",
                "RM50.90",
                "50%",
                "012-345 6789",
                "+60123456789",
                "@ani",
                "#sale",
                "*tebal*",
                "_condong_",
                "~potong~",
                "```kod```",
                "👨‍👩‍👧‍👦",
                "🇲🇾",
                "é",
                "陈美玲",
                "السلام",
                "வணக்கம்",
                "привет",
                "a\u200Bb");
        Arbitrary<String> gaps = Arbitraries.of(" ", " ", " ", "\n", "\n\n", "  ", "\t");
        Arbitrary<String> sentences = words.flatMap(word -> gaps.map(gap -> word + gap))
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(sentences, Arbitraries.strings().ofMaxLength(60));
    }

    private static String prepare(AntiSpamProfile profile, String text, String name) {
        return AntiSpam.prepare(MessageId.random(Instant.EPOCH, new Random(7)), text, name, profile, MORNING, WABLAS);
    }

    private static String vary(String text, long seed, int longest) {
        return Variation.of(text, ANI, longest, new SplittableRandom(seed));
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
