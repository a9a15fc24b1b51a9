package io.siaran.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.model.WireEnum;
import org.junit.jupiter.api.Test;

class ExpectedTest {

    private enum Colour implements WireEnum {
        RED,
        /** Nobody painted it. */
        NONE {
            @Override
            public String wire() {
                return "";
            }
        }
    }

    @Test
    void a_word_of_no_characters_is_seen_among_the_others() {
        assertThat(Expected.of(Colour.class)).isEqualTo("must be one of red, \"\"");
    }
}
