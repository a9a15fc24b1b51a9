package io.siaran.gateway.antispam;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.MessageId;
import io.siaran.model.template.Variables;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AntiSpamTest {

    private static final int WABLAS = 1_024;
    private static final ZoneId KUALA_LUMPUR = ZoneId.of("Asia/Kuala_Lumpur");
    private static final Variables ANI = new Variables("Ani", "60121111111", "ecommerce");
    private static final Instant MORNING = Instant.parse("2026-11-27T01:30:00Z");
    private static final Instant NOON = Instant.parse("2026-11-27T04:30:00Z");
    private static final String HUNDRED_LETTERS = "Jangan lepaskan peluang keemasan ini kerana semua barangan kami kini"
            + " ditawarkan pada harga istimewa untuk pelanggan";

    @Test
    void a_blank_line_parts_greeting_and_text() {
        assertThat(prepare(AntiSpamProfile.GREETING, "Line one\nLine two"))
                .matches("[^\n]*Ani[^\n]*\n\nLine one\nLine two");
    }

    @Test
    void under_off_variables_and_choices_are_filled_in_and_nothing_else() {
        assertThat(prepare(AntiSpamProfile.OFF, "{Hi|Hai} {{name}}, " + HUNDRED_LETTERS))
                .matches("(Hi|Hai) Ani, " + HUNDRED_LETTERS);
    }

    @Test
    void under_full_the_text_is_varied_and_the_greeting_is_not() {
        // When
        String full = prepare(AntiSpamProfile.FULL, HUNDRED_LETTERS);
        String greeted = prepare(AntiSpamProfile.GREETING, HUNDRED_LETTERS);

        // Then
        String greeting = greeted.substring(0, greeted.length() - HUNDRED_LETTERS.length());
        assertThat(full).startsWith(greeting).isNotEqualTo(greeted);
        assertThat(Variation.written(full)).isEqualTo(greeted);
    }

    @Test
    void about_one_letter_in_twenty_is_changed_and_at_most_two_invisible_characters_are_added() {
        for (int seed = 0; seed < 200; seed++) {
            String varied = variedOnly(HUNDRED_LETTERS, seed);
            long twins = varied.chars()
                    .filter(unit -> Homoglyphs.isTwin((char) unit))
                    .count();
            long invisibles =
                    varied.chars().filter(unit -> Invisibles.isOne((char) unit)).count();
            assertThat(twins).isBetween(2L, 5L);
            assertThat(invisibles).isEqualTo(2);
        }
    }

    @Test
    void a_text_of_twenty_letters_has_a_changed_one_even_if_few_can_be() {
        assertThat(List.of("GLKNGDS a RUNDING BULKS", "BELI DUA PERCUMA SATU SAHAJA"))
                .allSatisfy(text -> assertThat(prepare(AntiSpamProfile.FULL, text, text.length()))
                        .isNotEqualTo(text)
                        .hasSameSizeAs(text));
    }

    @Test
    void in_another_period_of_the_day_only_the_greeting_differs() {
        // Given
        MessageId id = id(5);
        String text = "{Promosi|Jualan} " + HUNDRED_LETTERS;

        // When
        String morning = prepare(id, AntiSpamProfile.FULL, text, MORNING, WABLAS);
        String laterThatMorning = prepare(id, AntiSpamProfile.FULL, text, MORNING.plusSeconds(3_600), WABLAS);
        String noon = prepare(id, AntiSpamProfile.FULL, text, NOON, WABLAS);

        // Then
        assertThat(laterThatMorning).isEqualTo(morning);
        assertThat(morning).contains("\n\n");
        assertThat(noon.substring(noon.indexOf("\n\n"))).isEqualTo(morning.substring(morning.indexOf("\n\n")));
    }

    @Test
    void greeting_and_choices_are_drawn_apart() {
        // When
        Voice voice = new Voice(AntiSpamProfile.GREETING, KUALA_LUMPUR, List.of("Hai", "Hei"), WABLAS);
        Set<String> texts = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            texts.add(AntiSpam.prepare(new Draft(id(seed), "{satu|dua}", ANI), voice, MORNING));
        }

        // Then
        assertThat(texts).containsExactlyInAnyOrder("Hai\n\nsatu", "Hai\n\ndua", "Hei\n\nsatu", "Hei\n\ndua");
    }

    @Test
    void the_hour_is_that_of_the_devices_zone() {
        // Given
        Draft draft = new Draft(id(1), "apa", ANI);
        List<String> own = List.of("05-11 pagi", "12-04 bukan pagi");

        // Then
        assertThat(AntiSpam.prepare(draft, new Voice(AntiSpamProfile.GREETING, KUALA_LUMPUR, own, WABLAS), MORNING))
                .isEqualTo("pagi\n\napa");
        assertThat(AntiSpam.prepare(
                        draft, new Voice(AntiSpamProfile.GREETING, ZoneId.of("Asia/Tokyo"), own, WABLAS), NOON))
                .isEqualTo("bukan pagi\n\napa");
    }

    @Test
    void a_thousand_messages_make_nearly_as_many_texts() {
        assertThat(HUNDRED_LETTERS.chars().filter(Character::isLetter).count()).isEqualTo(100);
        Random random = new Random(1);
        assertThat(distinct(() -> prepare(
                        MessageId.random(Instant.EPOCH, random),
                        AntiSpamProfile.FULL,
                        HUNDRED_LETTERS,
                        MORNING,
                        WABLAS)))
                .isGreaterThanOrEqualTo(900);
        assertThat(distinct(() -> variedOnly(HUNDRED_LETTERS, random.nextInt())))
                .isGreaterThanOrEqualTo(900);
    }

    @Test
    void a_greeting_that_does_not_fit_is_left_out() {
        // Given
        String text = "x".repeat(WABLAS - 5);

        // Then
        assertThat(prepare(AntiSpamProfile.GREETING, text)).isEqualTo(text);
        assertThat(prepare(AntiSpamProfile.FULL, HUNDRED_LETTERS, 20)).hasSameSizeAs(HUNDRED_LETTERS);
    }

    @Test
    void a_text_from_before_there_were_templates_goes_out_as_written() {
        assertThat(prepare(AntiSpamProfile.OFF, "50% { off } {{nama}} }")).isEqualTo("50% { off } {{nama}} }");
    }

    @Test
    void a_word_of_two_thousand_hyphens_is_a_text_like_any_other() {
        assertThat(prepare(AntiSpamProfile.FULL, "a-".repeat(2_047) + "a")).isNotEmpty();
    }

    @Test
    void the_readers_name_stays_as_written_inside_the_text_too() {
        // Given
        Variables aisyah = new Variables("Aisyah Zulkifli", "60121111111", null);

        // Then
        for (int seed = 0; seed < 300; seed++) {
            Draft draft = new Draft(id(seed), "{{first_name}}, Aisyah dan {{name}} pasti suka promosi ini", aisyah);
            assertThat(AntiSpam.prepare(
                            draft, new Voice(AntiSpamProfile.FULL, KUALA_LUMPUR, List.of(), WABLAS), MORNING))
                    .contains("Aisyah, Aisyah ")
                    .contains("Aisyah Zulkifli ");
        }
    }

    @Test
    void more_texts_than_are_remembered_make_no_difference() {
        // When
        Set<String> texts = Stream.iterate(0, i -> i < 3_000, i -> i + 1)
                .map(i -> prepare(AntiSpamProfile.OFF, "{{name}} " + i))
                .collect(Collectors.toSet());

        // Then
        assertThat(texts).hasSize(3_000).contains("Ani 0", "Ani 2999");
    }

    private static int distinct(Supplier<String> texts) {
        Set<String> distinct = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            distinct.add(texts.get());
        }
        return distinct.size();
    }

    /** Without a greeting: there is no room for one. */
    private static String variedOnly(String text, int seed) {
        return prepare(id(seed), AntiSpamProfile.FULL, text, MORNING, text.length() + 3);
    }

    private static String prepare(AntiSpamProfile profile, String text) {
        return prepare(profile, text, WABLAS);
    }

    private static String prepare(AntiSpamProfile profile, String text, int longest) {
        return prepare(id(7), profile, text, MORNING, longest);
    }

    private static String prepare(MessageId id, AntiSpamProfile profile, String text, Instant now, int longest) {
        return AntiSpam.prepare(new Draft(id, text, ANI), new Voice(profile, KUALA_LUMPUR, List.of(), longest), now);
    }

    private static MessageId id(int seed) {
        return MessageId.random(Instant.EPOCH, new Random(seed));
    }
}
