package io.siaran.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeedDetailsTest {

    @Test
    void of_a_change_only_what_changed_is_told() {
        Map<String, Object> before = Map.of("title", "Sale", "niche", "food");
        Map<String, Object> after = Map.of("title", "Black Friday", "niche", "food");

        assertThat(DeedDetails.of(before, after))
                .contains(new DeedDetails("{\"title\":\"Sale\"}", "{\"title\":\"Black Friday\"}"));
    }

    @Test
    void what_changes_nothing_is_no_deed() {
        assertThat(DeedDetails.of(Map.of("title", "Sale"), Map.of("title", "Sale")))
                .isEmpty();
    }

    @Test
    void a_deed_of_which_nothing_is_told_is_one() {
        assertThat(DeedDetails.of(null, null)).contains(new DeedDetails(null, null));
    }

    @Test
    void who_people_are_what_is_written_to_them_and_secrets_are_not_shown_at_any_depth() {
        // Given
        Map<String, Object> sequence = Map.of(
                "phone",
                "60123456789",
                "steps",
                List.of(Map.of("content", "Hi {{name}}", "media_url", "https://kedai.my/a.png?key=abc")));

        // When
        String told = DeedDetails.of(null, sequence).orElseThrow().after();

        // Then
        assertThat(told)
                .contains("\"phone\":\"not shown\"", "\"content\":\"not shown\"")
                .doesNotContain("60123456789", "Hi", "abc");
    }

    @Test
    void a_text_that_changed_is_told_to_have_changed() {
        assertThat(DeedDetails.of(Map.of("message", "Hi"), Map.of("message", "Hello")))
                .contains(new DeedDetails("{\"message\":\"not shown\"}", "{\"message\":\"not shown\"}"));
    }

    @Test
    void what_a_new_thing_does_not_say_is_left_out_and_what_a_change_takes_away_is_told() {
        // Given
        Map<String, Object> cleared = new LinkedHashMap<>();
        cleared.put("niche", null);

        // Then
        assertThat(DeedDetails.of(null, cleared)).contains(new DeedDetails(null, "{}"));
        assertThat(DeedDetails.of(Map.of("niche", "food"), cleared))
                .contains(new DeedDetails("{\"niche\":\"food\"}", "{\"niche\":null}"));
    }
}
