package io.siaran.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.Cast;
import org.junit.jupiter.api.Test;

class ContactTest {

    @Test
    void one_person_under_every_address_is_one_phone() {
        assertThat(Contact.of("60121111111@c.us").phone()).contains(Cast.ANI);
        assertThat(Contact.of("60121111111:12@s.whatsapp.net").phone()).contains(Cast.ANI);
        assertThat(Contact.ofPhone("+60121111111").phone()).contains(Cast.ANI);
    }

    @Test
    void a_lid_never_becomes_a_phone() {
        // When
        Contact hidden = Contact.of("123456789012@lid");

        // Then
        assertThat(hidden.phone()).isEmpty();
        assertThat(hidden.lid()).contains("123456789012");
        assertThat(Contact.of("123456789012@lid", "60121111111@s.whatsapp.net").phone())
                .contains(Cast.ANI);
    }

    @Test
    void groups_channels_and_nonsense_are_nobody() {
        assertThat(Contact.of("120363000000000000@g.us", "status@broadcast", "", null, "x")
                        .isNobody())
                .isTrue();
        assertThat(Contact.ofPhone("call me").isNobody()).isTrue();
        assertThat(Contact.isPerson("120363000000000000@g.us")).isFalse();
        assertThat(Contact.isPerson("120363000000000000@newsletter")).isFalse();
    }
}
