package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.Cast;
import io.siaran.model.UserId;
import org.junit.jupiter.api.Test;

class ImagePermitsTest {

    private final ImagePermits permits = new ImagePermits(8);

    @Test
    void whose_images_are_slow_fills_a_share_and_leaves_the_rest_to_others() {
        // Given
        assertThat(taken(Cast.SINAR, 4)).isEqualTo(3);

        // When
        int others = taken(Cast.MAJU, 4);

        // Then
        assertThat(others).isEqualTo(3);
        assertThat(taken(Cast.TENANG, 4)).isEqualTo(2);
    }

    @Test
    void what_is_given_back_may_be_taken_again() {
        // Given
        taken(Cast.SINAR, 4);

        // When
        permits.giveBack(Cast.SINAR);

        // Then
        assertThat(taken(Cast.SINAR, 4)).isEqualTo(1);
    }

    @Test
    void the_only_one_is_anybodys() {
        assertThat(new ImagePermits(1).take(Cast.SINAR)).isTrue();
    }

    private int taken(UserId user, int asked) {
        int taken = 0;
        for (int i = 0; i < asked; i++) {
            taken += permits.take(user) ? 1 : 0;
        }
        return taken;
    }
}
