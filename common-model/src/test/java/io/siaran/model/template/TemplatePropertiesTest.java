package io.siaran.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.Attributes;
import io.siaran.model.Text;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TemplatePropertiesTest {

    @Property
    void any_text_can_be_escaped_and_comes_back(@ForAll String text) {
        Assume.that(text.length() <= 1_000);
        String escaped = text.replaceAll("[\\\\{}|]", "\\\\$0");
        assertThat(render(escaped, text)).isEqualTo(text);
    }

    @Property
    void reading_gives_a_template_or_its_place_and_nothing_else(@ForAll("braces") String text) {
        try {
            Template template = Template.parse(text);
            assertThat(Text.length(render(text, "Ani"))).isLessThanOrEqualTo(template.longest());
            assertThat(template.variants()).isBetween(1L, Template.COUNTLESS);
        } catch (InvalidTemplate invalid) {
            assertThat(invalid.index()).isBetween(0, text.codePointCount(0, text.length()));
        }
    }

    @Property
    void the_longest_text_is_a_bound_whatever_the_values(@ForAll String name, @ForAll String niche, @ForAll long seed) {
        // Given
        Template template = Template.parse("{Hi {{name}}|{{first_name}}, {{niche|-}}|}");

        // When
        Rendered rendered = template.render(new Variables(name, "60121111111", niche), new SplittableRandom(seed));

        // Then
        assertThat(Text.length(rendered.text())).isLessThanOrEqualTo(template.longest());
        assertThat(rendered.values())
                .allSatisfy(span -> assertThat(span.to())
                        .isBetween(span.from(), rendered.text().length()));
    }

    @Property
    void what_is_said_of_a_text_without_its_reader_holds_for_every_reader(@ForAll String name, @ForAll String plan) {
        // Given
        Template template = Template.parse(
                "{Hi {{name|friend of ours}}|{{first_name}}, {{niche|-}}|} {{attributes.plan}} {{phone}}");
        Variables known = new Variables(null, "601211111111", "food");

        // When
        Variables reader = new Variables(name, "60121111111", "food", new Attributes(Map.of("plan", plan)));

        // Then
        assertThat(template.longestFor(reader))
                .isBetween(
                        template.longestAtLeast(), template.longestWithin(Text.length(name), Text.length(plan), known));
    }

    @Provide
    Arbitrary<String> braces() {
        return Arbitraries.of("{", "{", "}", "}", "{{", "}}", "|", "\\", "a", "name", "{{name}}", "👋", "\n")
                .list()
                .ofMaxSize(25)
                .map(parts -> String.join("", parts));
    }

    private static String render(String text, String name) {
        return Template.parse(text)
                .render(new Variables(name, "60121111111", null), new SplittableRandom(3))
                .text();
    }
}
