package io.siaran.campaign.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagsTest {

    @Test
    void a_list_is_trimmed_folded_and_each_tag_stands_once() {
        // When
        Tags tags = Tags.of(" Ecommerce ,FIT,, fit ,Kesihatan");

        // Then
        assertThat(tags.values()).containsExactly("ecommerce", "fit", "kesihatan");
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
    void an_empty_list_has_no_tags() {
        assertThat(Tags.of(" , ").values()).isEmpty();
    }

    @Test
    void taking_a_tag_out_leaves_the_others_as_written() {
        assertThat(Tags.without("Cold, WARM ,Hot", "warm")).isEqualTo("Cold,Hot");
    }
}
