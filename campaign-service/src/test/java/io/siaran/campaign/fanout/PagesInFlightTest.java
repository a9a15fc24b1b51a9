package io.siaran.campaign.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.siaran.campaign.planning.AudienceRow;
import io.siaran.campaign.planning.Exclusion;
import io.siaran.model.DeviceId;
import io.siaran.model.LeadId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Each page here leaves out one lead, so what is counted is the number of pages. */
class PagesInFlightTest {

    private static final DeviceId MERAH = new DeviceId(UUID.randomUUID());

    private final List<FanOutPage> pages = List.of(page(), page(), page(), page(), page());
    private final List<CompletableFuture<Void>> acknowledgements = new ArrayList<>();
    private final List<Acknowledged> moves = new ArrayList<>();

    @Test
    void the_cursor_moves_behind_a_page_only_once_that_is_acknowledged() {
        // Given
        PagesInFlight inFlight = inFlight(Duration.ZERO, this::moved);
        inFlight.publish(pages.get(0));
        inFlight.publish(pages.get(1));

        // When
        acknowledgements.get(0).complete(null);
        inFlight.publish(pages.get(2));

        // Then
        assertThat(moves)
                .extracting(Acknowledged::last)
                .containsExactly(pages.get(0).last());
    }

    @Test
    void pages_that_are_acknowledged_within_the_interval_are_passed_by_one_move_with_the_sum_of_them() {
        // Given
        PagesInFlight inFlight = inFlight(Duration.ofHours(1), this::moved);

        // When
        for (FanOutPage page : pages) {
            assertThat(inFlight.publish(page)).isTrue();
            acknowledgements.getLast().complete(null);
        }
        assertThat(inFlight.land()).isTrue();

        // Then
        assertThat(moves).hasSize(1);
        assertThat(moves.getFirst().last()).isEqualTo(pages.getLast().last());
        assertThat(moves.getFirst().leftOut()).containsValue(5L).hasSize(1);
    }

    @Test
    void a_page_that_is_not_acknowledged_holds_the_cursor_before_it_whatever_became_of_the_next() {
        // Given
        PagesInFlight inFlight = inFlight(Duration.ofHours(1), this::moved);
        inFlight.publish(pages.get(0));
        acknowledgements.get(0).complete(null);
        inFlight.publish(pages.get(1));
        inFlight.publish(pages.get(2));
        acknowledgements.get(1).completeExceptionally(new IllegalStateException("away"));
        acknowledgements.get(2).complete(null);

        // When
        assertThatThrownBy(() -> inFlight.publish(pages.get(3))).hasMessageContaining("away");
        inFlight.close();

        // Then
        assertThat(moves)
                .extracting(Acknowledged::last)
                .containsExactly(pages.get(0).last());
    }

    /** It may have happened: to try again would count the pages twice. */
    @Test
    void a_move_that_failed_is_not_repeated_and_nothing_behind_it_is_counted() {
        // Given
        PagesInFlight inFlight = inFlight(Duration.ZERO, passed -> {
            moved(passed);
            throw new IllegalStateException("connection lost");
        });
        inFlight.publish(pages.get(0));
        inFlight.publish(pages.get(1));
        acknowledgements.forEach(each -> each.complete(null));

        // When
        assertThatThrownBy(() -> inFlight.publish(pages.get(2))).hasMessageContaining("connection lost");
        inFlight.close();

        // Then
        assertThat(moves).hasSize(1);
        assertThat(acknowledgements).hasSize(2);
    }

    @Test
    void nothing_more_is_published_once_the_fan_out_is_anothers() {
        // Given
        PagesInFlight inFlight = inFlight(Duration.ZERO, passed -> {
            moved(passed);
            return false;
        });
        inFlight.publish(pages.get(0));
        inFlight.publish(pages.get(1));
        acknowledgements.forEach(each -> each.complete(null));

        // When
        boolean goOn = inFlight.publish(pages.get(2));
        inFlight.close();

        // Then
        assertThat(goOn).isFalse();
        assertThat(acknowledgements).hasSize(2);
        assertThat(moves).hasSize(1);
    }

    private PagesInFlight inFlight(Duration interval, Predicate<Acknowledged> cursor) {
        return new PagesInFlight(
                _ -> {
                    acknowledgements.add(new CompletableFuture<>());
                    return acknowledgements.getLast();
                },
                cursor,
                interval,
                Clock.systemUTC());
    }

    private boolean moved(Acknowledged passed) {
        moves.add(passed);
        return true;
    }

    private static FanOutPage page() {
        LeadId lead = new LeadId(UUID.randomUUID());
        return new FanOutPage(
                List.of(), List.of(new AudienceRow.LeftOut(lead, MERAH, Exclusion.OPTED_OUT)), List.of(), lead);
    }
}
