package io.siaran.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.siaran.model.Attributes;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    private static final Variables ANI =
            new Variables("Ani binti Ali", "60121111111", "ecommerce", new Attributes(Map.of("plan", "gold")));
    private static final Variables NOBODY = new Variables(null, "60121111111", null);

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Hi {{name}}, from {{niche}} ~ Hi Ani binti Ali, from ecommerce",
                "{{first_name}} at {{phone}} ~ Ani at 60121111111",
                "{{ Name }} and {{FIRST_NAME}} ~ Ani binti Ali and Ani",
                "{{name|friend}} ~ Ani binti Ali",
                "{Hi {{first_name}}|Hi {{first_name}}} ~ Hi Ani",
                "{{{first_name}}|{{first_name}}} ~ Ani",
                "{{attributes.plan}}, {{ Attributes.Plan |basic}} ~ gold, gold",
            })
    void variables_are_filled_in(String text, String expected) {
        assertThat(render(text, ANI)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Hi {{name|kawan}}! ~ Hi kawan!",
                "Hi {{first_name|a \\| b}} ~ Hi a | b",
                "Hi {{name|\\{Cik\\}}} ~ Hi {Cik}",
                "Hi {{name}} {{first_name}} ~ Hi Cik Cik",
                "[{{niche}}] [{{niche|}}] ~ [] []",
                "[{{attributes.plan}}] [{{attributes.plan|basic}}] ~ [] [basic]",
            })
    void a_reader_without_a_value_gets_the_fallback_or_is_called_cik(String text, String expected) {
        assertThat(render(text, NOBODY)).isEqualTo(expected);
    }

    @Test
    void each_alternative_is_drawn_also_nested_and_empty_ones() {
        assertThat(all("{a|b|{c|d}}")).containsExactly("a", "b", "c", "d");
        assertThat(all("{{a|b}|c}!")).containsExactly("a!", "b!", "c!");
        assertThat(all("Hi{| there}")).containsExactly("Hi", "Hi there");
        assertThat(all("{|}{x|y}")).containsExactly("x", "y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Beli 1 | Percuma 1",
                "C:\\photos\\new",
                "¯\\_(ツ)_/¯ 👨‍👩‍👧‍👦 🇲🇾 السلام عليكم வணக்கம்",
                "line one\r\nline two\n\n- list",
                "\\",
                ""
            })
    void an_ordinary_text_is_itself(String text) {
        assertThat(render(text, ANI)).isEqualTo(text);
    }

    @Test
    void escaped_braces_and_bars_are_themselves() {
        assertThat(render("\\{\"a\": 1 \\| 2\\} \\\\", ANI)).isEqualTo("{\"a\": 1 | 2} \\");
        assertThat(all("{a\\|b|\\}}")).containsExactly("a|b", "}");
    }

    @Test
    void a_value_is_never_read_as_a_template() {
        // Given
        Variables hostile = new Variables("{{phone}} {a|b} \\{", "60121111111", "{x|y}");

        // When
        Rendered rendered = Template.parse("{{name}}: {{niche}}").render(hostile, new SplittableRandom(1));

        // Then
        assertThat(rendered.text()).isEqualTo("{{phone}} {a|b} \\{: {x|y}");
        assertThat(rendered.values()).containsExactly(new Span(0, 18), new Span(20, 25));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "'Hi { there' ~ 1 ~ 4 ~ 3 ~ never closed",
                "'Hi\nyou } there' ~ 2 ~ 5 ~ 7 ~ closes nothing",
                "'👋👋 {{nama}}' ~ 1 ~ 4 ~ 3 ~ no such variable",
                "'a {b|{c}} d' ~ 1 ~ 6 ~ 5 ~ braces hold a choice",
                "'{}' ~ 1 ~ 1 ~ 0 ~ braces hold a choice",
                "'Hi {{name' ~ 1 ~ 5 ~ 4 ~ never closed",
                "'Hi {{name}' ~ 1 ~ 5 ~ 4 ~ braces hold a choice",
                "'Hi {{name|a|b}}' ~ 1 ~ 12 ~ 11 ~ one fallback",
                "'{a|b' ~ 1 ~ 1 ~ 0 ~ never closed",
                "'{a|b\\}' ~ 1 ~ 1 ~ 0 ~ never closed",
                "'{{name|a\\' ~ 1 ~ 2 ~ 1 ~ never closed",
                "'{a|b}}' ~ 1 ~ 6 ~ 5 ~ closes nothing",
            })
    void what_cannot_be_read_is_refused_with_its_place(String text, int line, int column, int index, String reason) {
        // When
        InvalidTemplate invalid = catchThrowableOfType(InvalidTemplate.class, () -> Template.parse(text));

        // Then
        assertThat(invalid).hasMessageStartingWith("line " + line + ", column " + column + ": ");
        assertThat(invalid).hasMessageContaining(reason);
        assertThat(invalid.line()).isEqualTo(line);
        assertThat(invalid.column()).isEqualTo(column);
        assertThat(invalid.index()).isEqualTo(index);
    }

    @Test
    void a_hostile_text_is_refused_and_not_recursed_into() {
        assertThatThrownBy(() -> Template.parse("{".repeat(4_096))).isInstanceOf(InvalidTemplate.class);
        assertThatThrownBy(() -> Template.parse("{a|".repeat(11) + "b" + "}".repeat(11)))
                .hasMessageContaining("at most 10 deep");
        assertThatThrownBy(() -> Template.parse("x".repeat(4_097))).hasMessageContaining("4096");
        assertThat(Template.parse("{a|".repeat(10) + "b" + "}".repeat(10)).variants())
                .isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "plain ~ 1",
                "{a|b} {c|d|e} ~ 6",
                "{a|b|{c|d}} ~ 4",
                "{a|a|b} ~ 2",
                "{Hi|Hi {{name}}|} ~ 3",
            })
    void variants_are_counted(String text, long expected) {
        assertThat(Template.parse(text).variants()).isEqualTo(expected);
    }

    @Test
    void variants_beyond_counting_are_countless() {
        assertThat(Template.parse("{a|b}".repeat(800)).variants()).isEqualTo(Template.COUNTLESS);
        assertThat(Template.parse("{%s|c}".formatted("{a|b}".repeat(60))).variants())
                .isEqualTo(Template.COUNTLESS);
    }

    @Test
    void the_longest_text_is_known_beforehand() {
        assertThat(Template.parse("{a|bbb|cc}!").longest()).isEqualTo(4);
        assertThat(Template.parse("{{name}} {{phone}}").longest()).isEqualTo(60 + 1 + 15);
        assertThat(Template.parse("{{phone|" + "x".repeat(20) + "}}").longest()).isEqualTo(20);
    }

    @Test
    void a_literal_keeps_its_braces() {
        assertThat(Template.literal("{ {{name}} }")
                        .render(ANI, new SplittableRandom(1))
                        .text())
                .isEqualTo("{ {{name}} }");
    }

    private static String render(String text, Variables variables) {
        return Template.parse(text).render(variables, new SplittableRandom(7)).text();
    }

    private static Set<String> all(String text) {
        Template template = Template.parse(text);
        Set<String> texts = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            texts.add(template.render(ANI, new SplittableRandom(seed)).text());
        }
        return texts;
    }
}
