package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Emas",
                "emas ",
                "Emas\u00a0",
                "\ufeffEmas",
                "E\u200bmas",
                "Em\u00adas",
                "\u202eEmas\u202c",
                "Emas\u2060",
                "\u3000EMAS\u3164",
                "E\u200dm\u200cas",
                "Emas\ufe0f",
                "Emas\u2800",
                "Emas\n"
            })
    void what_nobody_sees_makes_no_other_tag(String written) {
        assertThat(Tag.fold(written)).isEqualTo("emas");
        assertThat(Tag.of(written).orElseThrow().folded()).isEqualTo("emas");
    }

    @Test
    void an_accent_is_the_same_however_it_is_composed() {
        assertThat(Tag.fold("Cafe\u0301")).isEqualTo("caf\u00e9").isEqualTo(Tag.fold("CAF\u00c9"));
    }

    @Test
    void a_gap_inside_is_one_space() {
        assertThat(Tag.fold("Baju \u00a0 Kurung")).isEqualTo("baju kurung");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "\u200b", "\u3164", "\u2800", "\u00ad\u2060"})
    void what_shows_nothing_is_no_tag(String written) {
        assertThat(Tag.of(written)).isEmpty();
        assertThat(Tag.foldOrNull(written)).isNull();
        assertThat(Tags.of("a," + written + ",b").folded()).containsExactly("a", "b");
    }

    @Test
    void one_tag_has_no_comma_and_64_characters_whatever_their_size() {
        assertThatThrownBy(() -> new Tag("a,b")).isInstanceOf(IllegalArgumentException.class);
        assertThat("\ud83d\udc4b".repeat(64)).matches(Tag.ONE);
        assertThat("\ud83d\udc4b".repeat(65)).doesNotMatch(Tag.ONE);
    }

    @Test
    void a_list_is_tidied_and_each_tag_stands_once() {
        // When
        Tags tags = Tags.of(" Ecommerce ,FIT,, fit ,Kesihatan");

        // Then
        assertThat(tags.folded()).containsExactly("ecommerce", "fit", "kesihatan");
        assertThat(tags.joined()).isEqualTo("ecommerce,fit,kesihatan");
        assertThat(tags.text()).isEqualTo("Ecommerce,FIT,Kesihatan");
    }

    @Test
    void a_tag_is_never_found_inside_another() {
        // Given
        Tags tags = Tags.of("OUTFIT,fitness");

        // Then
        assertThat(tags.contains("fit")).isFalse();
        assertThat(tags.contains("Outfit")).isTrue();
    }

    @Test
    void adding_and_taking_out_leaves_the_others_as_written() {
        assertThat(Tags.of("Cold, WARM ,Hot").without("warm").text()).isEqualTo("Cold,Hot");
        assertThat(Tags.of("Cold").with("Hot").with("COLD").text()).isEqualTo("Cold,Hot");
        assertThat(Tags.NONE.with("Hot").text()).isEqualTo("Hot");
    }

    @Test
    void a_list_that_may_not_be_saved_says_why_and_can_still_be_read() {
        // Given
        String tooMany = "a".repeat(3)
                + ",b".repeat(1)
                + java.util.stream.IntStream.range(0, 200)
                        .mapToObj(i -> "," + i)
                        .collect(java.util.stream.Collectors.joining());
        String tooLong = "x".repeat(65);

        // Then
        assertThat(Tags.refusal(tooMany))
                .hasValueSatisfying(why -> assertThat(why).contains("200"));
        assertThat(Tags.refusal(tooLong))
                .hasValueSatisfying(why -> assertThat(why).contains("64"));
        assertThat(Tags.refusal("\u5546".repeat(994))).isPresent();
        assertThat(Tags.refusal("\u5546,".repeat(2_001)))
                .hasValueSatisfying(why -> assertThat(why).contains("4000"));
        assertThat(Tags.refusal("ecommerce, fit")).isEmpty();
        assertThat(Tags.of(tooLong).folded()).containsExactly(tooLong);
        assertThat(Tags.of(null)).isEqualTo(Tags.NONE);
    }

    @Property
    void folding_twice_changes_nothing(@ForAll String written) {
        assertThat(Tag.fold(Tag.fold(written))).isEqualTo(Tag.fold(written));
    }
}
