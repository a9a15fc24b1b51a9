package io.siaran.gateway.numbercheck;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.PhoneNumber;
import io.siaran.model.RejectReason;
import io.siaran.model.Topic;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Numbers that are asked for before they are written to. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class CheckedNumbersTest extends GatewayScene {

    private static final PhoneNumber NOBODY = new PhoneNumber("60129999001");

    @AfterEach
    void everybodyIsThere() {
        PlatformDevices.onWhatsApp(NOBODY.digits(), true);
        database.run("DELETE FROM checked_numbers WHERE phone = $1", NOBODY.digits());
    }

    @Test
    void a_number_that_is_not_on_whatsapp_fails_without_a_send_and_is_remembered() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("check_numbers", true));
        Cast.awaitStatus(merah, "online");
        PlatformDevices.onWhatsApp(NOBODY.digits(), false);
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), NOBODY));
        assertThat(events(merah, 1)).singleElement().satisfies(CheckedNumbersTest::isNotOnWhatsApp);
        PlatformDevices.onWhatsApp(NOBODY.digits(), true);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), NOBODY));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 3))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Rejected", "Rejected", "Accepted");
        assertThat(events(merah, 3)).element(1).satisfies(CheckedNumbersTest::isNotOnWhatsApp);
        assertThat(Simulator.deliveries(merah.token()))
                .extracting(row -> row.get("phone"))
                .containsExactly(Cast.ANI.digits());
    }

    @Test
    void a_device_that_does_not_ask_sends_and_lets_its_platform_refuse() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        PlatformDevices.onWhatsApp(NOBODY.digits(), false);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), NOBODY));

        // Then
        assertThat(events(merah, 1)).singleElement().satisfies(CheckedNumbersTest::isNotOnWhatsApp);
        assertThat(known(NOBODY)).isZero();
    }

    @Test
    void a_campaign_that_asks_does_so_on_a_device_that_does_not_and_is_remembered_for_both() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        PlatformDevices.onWhatsApp(NOBODY.digits(), false);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.checking(true, Cast.send(merah, Cast.message(), NOBODY)));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.checking(true, Cast.send(merah, Cast.message(), Cast.ANI)));

        // Then
        assertThat(events(merah, 2))
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Rejected", "Accepted");
        assertThat(events(merah, 2)).first().satisfies(CheckedNumbersTest::isNotOnWhatsApp);
        assertThat(known(NOBODY)).isOne();
        assertThat(Simulator.deliveries(merah.token()))
                .extracting(row -> row.get("phone"))
                .containsExactly(Cast.ANI.digits());
    }

    @Test
    void a_campaign_that_does_not_ask_sends_at_once_on_a_device_that_does() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("check_numbers", true));
        Cast.awaitStatus(merah, "online");
        PlatformDevices.onWhatsApp(NOBODY.digits(), false);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.checking(false, Cast.send(merah, Cast.message(), NOBODY)));

        // Then
        assertThat(events(merah, 1)).hasSize(1);
        assertThat(known(NOBODY)).isZero();
    }

    @Test
    void a_platform_is_not_asked_about_strangers_whom_a_full_day_holds_however_a_campaign_asks() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("first_contact_daily_cap", 1));
        Cast.awaitStatus(merah, "online");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.anybody()));
        assertThat(events(merah, 1)).hasSize(1);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.checking(true, Cast.send(merah, Cast.message(), NOBODY)));

        // Then
        assertThat(events(merah, 2)).last().isInstanceOf(DeliveryEvent.Deferred.class);
        assertThat(known(NOBODY)).isZero();
    }

    @Test
    void a_platform_that_does_not_say_is_asked_once_a_minute_and_keeps_nothing_from_being_sent() {
        // Given
        try (PlatformStub mute = mute()) {
            Registered merah = asking(mute);

            // When
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.anybody()));
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.anybody()));

            // Then
            assertThat(events(merah, 2)).hasOnlyElementsOfType(DeliveryEvent.Accepted.class);
            assertThat(questions(mute)).isEqualTo(1);
        }
    }

    @Test
    void nobody_is_asked_about_who_is_suppressed_or_whose_device_is_held() {
        // Given
        try (PlatformStub mute = mute()) {
            Registered merah = asking(mute);
            PhoneNumber stopped = Cast.anybody();
            database.run(
                    "INSERT INTO suppressions (user_id, phone, version, deleted) VALUES ($1, $2, 1, false)",
                    merah.user().value(),
                    stopped.digits());

            // When
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), stopped));
            assertThat(events(merah, 1)).hasOnlyElementsOfType(DeliveryEvent.Returned.class);
            database.run(
                    "UPDATE device_pacing SET held_until = clock_timestamp() + interval '5 minutes',"
                            + " held_since = clock_timestamp(), hold_reason = 'rate_limited' WHERE device_id = $1",
                    merah.id().value());
            topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.anybody()));

            // Then
            assertThat(events(merah, 2).getLast()).isInstanceOf(DeliveryEvent.Deferred.class);
            assertThat(questions(mute)).isZero();
        }
    }

    @Test
    void what_was_known_is_asked_anew_after_thirty_days() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("check_numbers", true));
        Cast.awaitStatus(merah, "online");
        database.run(
                "INSERT INTO checked_numbers (user_id, phone, on_whatsapp, checked_at)"
                        + " VALUES ($1, $2, false, clock_timestamp() - interval '30 days 1 minute')",
                merah.user().value(),
                NOBODY.digits());

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), NOBODY));

        // Then
        assertThat(events(merah, 1)).hasOnlyElementsOfType(DeliveryEvent.Accepted.class);
        assertThat(known(NOBODY)).isOne();
    }

    /** A server of WAHA that works but for the question whether a number is on WhatsApp. */
    private static PlatformStub mute() {
        PlatformStub server = PlatformStub.start();
        server.answers(500, "{}");
        server.answers("GET /api/sessions/merah", 200, "{\"name\":\"merah\",\"status\":\"WORKING\"}");
        server.answers("POST /api/sendText", 201, "{\"id\":\"true_1@c.us_A\",\"timestamp\":1}");
        return server;
    }

    private static Registered asking(PlatformStub server) {
        Registered merah = PlatformDevices.device(
                Cast.SINAR, "waha", Map.of("base_url", server.url(), "session", "merah", "check_numbers", true));
        Cast.awaitStatus(merah, "online");
        return merah;
    }

    private static long questions(PlatformStub server) {
        return server.asked().stream()
                .filter(asked -> asked.uri().contains("check-exists"))
                .count();
    }

    private int known(PhoneNumber number) {
        return database.run("SELECT FROM checked_numbers WHERE phone = $1", number.digits())
                .rowCount();
    }

    private static void isNotOnWhatsApp(DeliveryEvent event) {
        assertThat(((DeliveryEvent.Rejected) event).reason()).isEqualTo(RejectReason.NOT_ON_WHATSAPP);
    }
}
