package io.siaran.dispatch.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.siaran.dispatch.webhook.InFlight.Room;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final int MOST = 100;
    private static final int OF_ONE = 4;

    private final InFlight inFlight = new InFlight(MOST, OF_ONE);

    @Test
    void while_places_are_plenty_a_webhook_has_several() {
        begin(UUID.randomUUID(), MOST / 2 - 1, false);

        assertThat(inFlight.room().ofOneWebhook()).isEqualTo(OF_ONE);
        assertThat(inFlight.room().lanes()).isEqualTo(1);
    }

    @Test
    void webhooks_that_hang_and_are_not_known_to_leave_a_place_for_each_of_the_others() {
        // Given: more of them than would take all places, had each its several.
        List<UUID> hanging = webhooks(40);
        List<UUID> well = webhooks(20);

        // When
        claimAllThatIsDue(hanging);
        claimAllThatIsDue(well);

        // Then
        assertThat(inFlight.room().webhooks()).containsKeys(well.toArray(UUID[]::new));
    }

    @Test
    void webhooks_that_are_known_to_fail_leave_half_of_all_places() {
        begin(UUID.randomUUID(), 30, true);
        assertThat(inFlight.room().ailing()).isEqualTo(20);

        begin(UUID.randomUUID(), 30, true);
        assertThat(inFlight.room().ailing()).isZero();
    }

    @Test
    void what_ended_makes_room() {
        // Given
        Claim claim = claim(UUID.randomUUID(), true);
        Room before = inFlight.room();

        // When
        inFlight.begin(claim);
        inFlight.end(claim);

        // Then
        assertThat(inFlight.room()).isEqualTo(before);
    }

    /** As claim.sql does: first one of each, then the second ones. */
    private void claimAllThatIsDue(List<UUID> webhooks) {
        int begun;
        do {
            begun = 0;
            Room room = inFlight.room();
            for (int nth = 1; nth <= room.ofOneWebhook(); nth++) {
                for (UUID webhook : webhooks) {
                    int before = inFlight.room().webhooks().getOrDefault(webhook, 0);
                    if (before < nth && begun < room.lanes()) {
                        begin(webhook, 1, false);
                        begun++;
                    }
                }
            }
        } while (begun > 0);
    }

    private void begin(UUID webhook, int times, boolean ailing) {
        for (int i = 0; i < times; i++) {
            inFlight.begin(claim(webhook, ailing));
        }
    }

    private static List<UUID> webhooks(int howMany) {
        List<UUID> webhooks = new ArrayList<>();
        for (int i = 0; i < howMany; i++) {
            webhooks.add(UUID.randomUUID());
        }
        return webhooks;
    }

    private static Claim claim(UUID webhook, boolean ailing) {
        return new Claim(webhook, "lane", 1, 0, "aminah", "https://crm.example", 1, false, ailing, 0, null, null);
    }
}
