package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.localstack.TestServers;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the platforms told is kept for as long as somebody may ask for it, and no longer. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class ForgetCallbacksTest extends CallbackScene {

    @Inject
    ForgetCallbacks forget;

    @Test
    void the_ids_of_messages_are_known_for_sixty_days_and_replies_for_half_a_year() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken old = taken(merah, Cast.ANI);
        Taken recent = taken(merah, Cast.BUDI);
        made("sent_messages", "accepted_at", 61, merah, "provider_message_id", old.id());
        made("sent_messages", "accepted_at", 59, merah, "provider_message_id", recent.id());
        for (String reply : List.of("old", "recent")) {
            post(address(merah), reply(reply, "60121111111", "Hai")).statusCode(200);
        }
        awaitWorkedOff(merah);
        made("inbound_messages", "received_at", 181, merah, "provider_id", "old");
        made("inbound_messages", "received_at", 179, merah, "provider_id", "recent");

        // When
        forget.forget();

        // Then
        assertThat(known("provider_message_id", "sent_messages", merah)).containsExactly(recent.id());
        assertThat(known("provider_id", "inbound_messages", merah)).containsExactly("recent");
    }

    /** As if it were of so many days ago. */
    private void made(String table, String time, int days, Registered device, String column, String id) {
        database.run(
                "UPDATE " + table + " SET " + time + " = clock_timestamp() - $3::int * interval '1 day'"
                        + " WHERE device_id = $1 AND " + column + " = $2",
                device.id().value(),
                id,
                days);
    }

    private List<String> known(String column, String table, Registered device) {
        List<String> known = new ArrayList<>();
        database.run(
                        "SELECT " + column + " FROM " + table + " WHERE device_id = $1",
                        device.id().value())
                .forEach(row -> known.add(row.getString(0)));
        return known;
    }
}
