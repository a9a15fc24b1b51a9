package io.siaran.gateway.provider.whatsappweb.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.gateway.Cast;
import io.siaran.gateway.provider.whatsappweb.bridge.ImageBudget.Place;
import io.siaran.model.UserId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageBudgetTest {

    private static final long MEBIBYTE = 1 << 20;

    /** As a gateway of the smallest profile has it: a quarter of 192 MiB. */
    private final ImageBudget budget = new ImageBudget(48 * MEBIBYTE);

    @Test
    void what_is_held_is_bounded_in_bytes_whoever_holds_it() {
        // When
        List<Place> held = Stream.of(Cast.SINAR, Cast.MAJU, Cast.TENANG)
                .flatMap(user ->
                        Stream.generate(() -> image(user, BridgeImages.LARGEST)).limit(15))
                .filter(Objects::nonNull)
                .toList();

        // Then
        assertThat(held).hasSize(2);
    }

    @Test
    void whose_images_are_slow_fills_a_share_and_leaves_the_rest_to_others() {
        assertThat(taken(Cast.SINAR, 100, MEBIBYTE / 2)).isEqualTo(9);
        assertThat(taken(Cast.MAJU, 100, MEBIBYTE / 2)).isEqualTo(9);
        assertThat(taken(Cast.TENANG, 100, MEBIBYTE / 2)).isEqualTo(6);
    }

    @Test
    void connections_that_wait_for_their_answer_count_too() {
        assertThat(Stream.generate(() -> budget.place(Cast.SINAR))
                        .limit(10_000)
                        .filter(Optional::isPresent)
                        .count())
                .isEqualTo(18 * MEBIBYTE / ImageBudget.AT_LEAST);
    }

    @Test
    void an_image_that_is_larger_than_all_has_its_turn_alone() {
        // Given
        ImageBudget small = new ImageBudget(MEBIBYTE);
        Place other = small.place(Cast.MAJU).orElseThrow();
        assertThat(other.holds(100)).isTrue();
        Place large = small.place(Cast.SINAR).orElseThrow();
        assertThat(large.holds(BridgeImages.LARGEST)).isFalse();

        // When
        other.close();

        // Then
        assertThat(large.holds(BridgeImages.LARGEST)).isTrue();
        assertThat(small.place(Cast.MAJU)).isEmpty();
        large.close();
        assertThat(small.place(Cast.MAJU)).isPresent();
    }

    @Test
    void connections_that_wait_for_their_answer_are_in_no_image_s_way() {
        // Given: two devices of one user begin at once, and an image of theirs is larger than the user's share
        Place first = budget.place(Cast.SINAR).orElseThrow();
        Place second = budget.place(Cast.SINAR).orElseThrow();

        // When
        boolean holds = first.holds(BridgeImages.LARGEST);

        // Then
        assertThat(holds).isTrue();
        assertThat(second.holds(BridgeImages.LARGEST)).isFalse();
        first.close();
        assertThat(second.holds(BridgeImages.LARGEST)).isTrue();
    }

    @Test
    void what_turns_out_smaller_leaves_room_at_once() {
        // Given
        Place unsaid = image(Cast.SINAR, BridgeImages.LARGEST);
        assertThat(image(Cast.SINAR, MEBIBYTE)).isNull();

        // When
        unsaid.holds(100);

        // Then
        assertThat(image(Cast.SINAR, MEBIBYTE)).isNotNull();
    }

    @Test
    void a_place_that_was_given_back_holds_nothing_more() {
        // Given
        Place gone = image(Cast.SINAR, MEBIBYTE);
        gone.close();

        // When
        boolean holds = gone.holds(MEBIBYTE);

        // Then
        assertThat(holds).isFalse();
        assertThat(taken(Cast.SINAR, 100, MEBIBYTE / 2)).isEqualTo(9);
    }

    private long taken(UserId user, int asked, long size) {
        return Stream.generate(() -> image(user, size))
                .limit(asked)
                .filter(Objects::nonNull)
                .count();
    }

    /** Null where there is no room for it. */
    private Place image(UserId user, long size) {
        Place place = budget.place(user).orElse(null);
        if (place == null || place.holds(size)) {
            return place;
        }
        place.close();
        return null;
    }
}
