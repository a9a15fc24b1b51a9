package io.siaran.model.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextCheckTest {

    @Test
    void a_text_that_can_be_read_has_nothing_to_say_of_it() {
        TextCheck check = TextCheck.of("{Hi|Hello} {{name}}", MessageType.TEXT);
        assertThat(check.refusal()).isEmpty();
        assertThat(check.warnings()).isEmpty();
    }

    @Test
    void a_text_that_cannot_be_read_says_where() {
        assertThat(TextCheck.of("Hi\n{{nama}}", MessageType.TEXT).refusal())
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("line 2, column 1: "));
    }

    @Test
    void it_is_the_longest_text_that_counts() {
        // Given
        String choice = "{" + "a".repeat(1_000) + "|" + "b".repeat(1_000) + "}";

        // Then
        assertThat(TextCheck.of(choice, MessageType.IMAGE).refusal()).isEmpty();
        assertThat(TextCheck.of(choice + "c".repeat(25), MessageType.IMAGE).refusal())
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("1025").contains("1024"));
        assertThat(TextCheck.of("a".repeat(4_040) + "{{name}}", MessageType.TEXT)
                        .refusal())
                .hasValueSatisfying(reason -> assertThat(reason).contains("4100"));
    }

    @Test
    void a_text_above_a_platforms_limit_is_warned_of() {
        assertThat(TextCheck.of("a".repeat(1_025), MessageType.TEXT).warnings())
                .singleElement()
                .asString()
                .contains("Wablas");
        assertThat(TextCheck.of("a".repeat(1_024), MessageType.TEXT).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{|a}", "\u200b", "\u3164", "{{attributes.plan}}", "{{niche}}", "{{name|}}", "{{{niche}}|a} {b|}"
            })
    void a_text_that_may_be_empty_is_refused(String text) {
        assertThat(TextCheck.of(text, MessageType.TEXT).refusal()).isPresent();
    }
}
