package io.siaran.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

    @Test
    void is_a_flat_object_in_json() {
        // Given
        Attributes attributes = new Attributes(Map.of("plan", "gold", "city", "Ipoh"));

        // Then
        assertThat(attributes.json()).isEqualTo("{\"city\":\"Ipoh\",\"plan\":\"gold\"}");
        assertThat(Attributes.read(attributes.json())).isEqualTo(attributes);
        assertThat(Attributes.read(null)).isEqualTo(Attributes.NONE);
        assertThat(attributes.violations()).isEmpty();
    }

    @Test
    void a_value_that_is_null_is_none() {
        // Given
        Map<String, String> values = new HashMap<>();
        values.put("plan", null);

        // Then
        assertThat(new Attributes(values)).isEqualTo(Attributes.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Plan",
                "1plan",
                "_plan",
                "my plan",
                "my.plan",
                "plän",
                "a1234567890123456789012345678901234567890"
            })
    void a_key_that_a_message_cannot_name_is_refused(String key) {
        assertThat(new Attributes(Map.of(key, "x")).violations()).containsKey(key);
    }

    @Test
    void values_and_their_number_are_limited_in_characters() {
        // Given
        String longest = "\ud83d\udc4b".repeat(255);
        Map<String, String> many =
                IntStream.rangeClosed(1, 21).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));

        // Then
        assertThat(new Attributes(Map.of("a", longest)).violations()).isEmpty();
        assertThat(new Attributes(Map.of("a", longest + "x")).violations()).containsOnlyKeys("a");
        assertThat(new Attributes(many).violations()).containsOnlyKeys("");
    }
}
