package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.device.Health;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeferReason;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeliveryEvent.Accepted;
import io.siaran.model.DeliveryEvent.Deferred;
import io.siaran.model.DeliveryEvent.Failed;
import io.siaran.model.DeliveryEvent.Returned;
import io.siaran.model.DeliveryEvent.Unknown;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A platform that fails one device: what is called meanwhile, and what becomes of its messages. Judged by the platform. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class OutageTest extends TurnScene {

    private static final int MANY = 1_000;

    /** As many refused contacts in a row are a warning. */
    private static final int CONTACTS = 5;

    private Registered biru;

    @BeforeEach
    void a_device() {
        biru = Cast.onlineDevice(Cast.SINAR, "biru");
    }

    @AfterEach
    void heal() {
        Simulator.heal(biru.token());
    }

    @Test
    void a_platform_that_fails_everything_is_called_three_times_and_burns_no_third_attempt() {
        // Given
        Simulator.fault(biru.token(), "SERVER_ERROR", Map.of("count", MANY));

        // When
        send(8);

        // Then
        List<DeliveryEvent> events = events(biru, 8);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(3);
        assertThat(events).filteredOn(Failed.class::isInstance).hasSize(2);
        assertThat(events)
                .filteredOn(Returned.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Returned.class, returned -> {
                    assertThat(returned.reason()).isEqualTo(ReturnReason.PLATFORM_TROUBLE);
                    assertThat(Duration.between(returned.at(), returned.notBefore()))
                            .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(73));
                });
        assertThat(deferred(events))
                .hasSize(5)
                .allMatch(each -> each.reason() == DeferReason.PLATFORM_TROUBLE
                        && each.until().isAfter(each.at()));
    }

    @Test
    void a_platform_that_does_not_answer_makes_three_unknowns_and_no_more() {
        // Given
        Simulator.fault(biru.token(), "RESET", Map.of("count", MANY));

        // When
        send(8);

        // Then
        List<DeliveryEvent> events = events(biru, 8);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(3);
        assertThat(events).filteredOn(Unknown.class::isInstance).hasSize(3);
        assertThat(deferred(events)).hasSize(5);
    }

    @Test
    void after_a_hold_one_probe_goes_and_its_failure_holds_longer_while_its_success_ends_it() {
        // Given
        Simulator.fault(biru.token(), "SERVER_ERROR", Map.of("count", MANY));
        send(3);
        events(biru, 3);

        // When
        letTimePass();
        send(4);

        // Then
        List<DeliveryEvent> failed = events(biru, 7);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(4);
        assertThat(failed).filteredOn(Returned.class::isInstance).hasSize(2);
        assertThat(heldFor()).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(145));

        // When
        Simulator.heal(biru.token());
        letTimePass();
        send(4);

        // Then
        assertThat(events(biru, 11)).filteredOn(Accepted.class::isInstance).hasSize(4);
        assertThat(pacing().getString("hold_reason")).isNull();
        assertThat(pacing().getInteger("troubles")).isZero();
        assertThat(Simulator.deliveries(biru.token())).hasSize(4);
    }

    @Test
    void a_throttle_holds_all_that_waits_in_the_lane_at_once_and_one_call_follows_it() {
        // Given
        Simulator.fault(biru.token(), "RATE_LIMITED", Map.of("count", 6, "retry_after_seconds", 25));
        Instant begun = Instant.now();

        // When
        for (int i = 0; i < 4; i++) {
            topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.ANI, 1, null, 2));
        }

        // Then
        List<DeliveryEvent> events = events(biru, 4);
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(Simulator.strikes(biru.token())).isEqualTo(1);
        assertThat(deferred(events))
                .hasSize(4)
                .allMatch(each -> each.reason() == DeferReason.RATE_LIMITED)
                .allMatch(each -> each.until().isAfter(begun.plusSeconds(25)));

        // When
        letTimePass();
        send(4);

        // Then
        assertThat(deferred(events(biru, 8))).hasSize(8);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(2);
    }

    @Test
    void another_gateway_that_takes_the_device_over_keeps_it_held() {
        // Given
        Simulator.fault(biru.token(), "SERVER_ERROR", Map.of("count", MANY));
        send(3);
        events(biru, 3);

        // When
        Lanes ofAnother = lanes(journal());
        for (int i = 0; i < 4; i++) {
            ofAnother.add(0, Cast.send(biru, Cast.message(), Cast.ANI), new Told());
        }

        // Then
        assertThat(deferred(events(biru, 7))).hasSize(4);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(3);

        // When
        letTimePass();
        Lanes one = lanes(journal());
        for (int i = 0; i < 4; i++) {
            one.add(0, Cast.send(biru, Cast.message(), Cast.ANI), new Told());
        }

        // Then
        assertThat(events(biru, 11)).filteredOn(Returned.class::isInstance).hasSize(2);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(4);
    }

    @Test
    void a_refused_device_stays_held_through_checks_that_say_connected_until_news_that_can_cure_it() {
        // Given
        Simulator.fault(biru.token(), "TOKEN_EXPIRED", Map.of("count", MANY));
        send(4);

        // Then
        List<DeliveryEvent> events = events(biru, 4);
        assertThat(events)
                .extracting(event -> ((Returned) event).reason())
                .containsExactly(
                        ReturnReason.DEVICE_REFUSED,
                        ReturnReason.DEVICE_NOT_ONLINE,
                        ReturnReason.DEVICE_NOT_ONLINE,
                        ReturnReason.DEVICE_NOT_ONLINE);
        assertThat(Simulator.strikes(biru.token())).isEqualTo(1);

        // When
        checkAtOnce();

        // Then
        assertThat(Cast.status(biru)).isEqualTo("offline");

        // When
        Simulator.heal(biru.token());
        Cast.as(biru.user(), "operator")
                .post("/api/v1/devices/" + biru.id() + "/resume")
                .then()
                .statusCode(200);
        Cast.awaitStatus(biru, "online");
        send(1);

        // Then
        assertThat(events(biru, 5).getLast()).isInstanceOf(Accepted.class);
    }

    @Test
    void contacts_that_are_refused_in_a_row_are_a_warning_until_one_is_served() {
        // Given
        Simulator.fault(biru.token(), "UNKNOWN_NUMBER", Map.of("count", CONTACTS));

        // When
        send(CONTACTS - 1);
        events(biru, CONTACTS - 1);
        List<String> before = warnings();
        send(1);

        // Then
        assertThat(events(biru, CONTACTS)).hasOnlyElementsOfType(DeliveryEvent.Rejected.class);
        assertThat(before).isEmpty();
        assertThat(warnings()).containsExactly("contacts_refused");
        assertThat(Cast.status(biru)).isEqualTo("online");

        // When
        send(1);

        // Then
        assertThat(events(biru, CONTACTS + 1).getLast()).isInstanceOf(Accepted.class);
        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        return Cast.as(biru.user(), "viewer")
                .get("/api/v1/devices/" + biru.id())
                .then()
                .statusCode(200)
                .extract()
                .path("warnings.code");
    }

    @Test
    void failed_checks_do_not_silence_a_device_and_three_in_a_row_are_shown() {
        // When
        for (int i = 0; i < 2; i++) {
            checks.observed(biru.id(), version(), unasked());
        }

        // Then
        assertThat(Cast.status(biru)).isEqualTo("online");
        assertThat(unreachableSince()).isNull();

        // When
        checks.observed(biru.id(), version(), unasked());

        // Then
        assertThat(Cast.status(biru)).isEqualTo("online");
        assertThat(unreachableSince()).isNotNull();
        send(1);
        assertThat(events(biru, 1).getFirst()).isInstanceOf(Accepted.class);
    }

    private static Health unasked() {
        return new Health.CannotBeAsked("HTTP 500", Duration.ZERO);
    }

    private void send(int messages) {
        for (int i = 0; i < messages; i++) {
            Send send = Cast.send(biru, Cast.message(), Cast.ANI);
            topics.send(Topic.DEVICE_SENDS, biru.id(), send);
        }
    }

    private static List<Deferred> deferred(List<DeliveryEvent> events) {
        return events.stream()
                .filter(Deferred.class::isInstance)
                .map(Deferred.class::cast)
                .toList();
    }

    /** The hold is over, as if its time had passed. */
    private void letTimePass() {
        database.run("UPDATE device_pacing SET held_until = now() WHERE device_id = $1", id());
    }

    private Duration heldFor() {
        Row pacing = pacing();
        return Duration.between(pacing.getOffsetDateTime("held_since"), pacing.getOffsetDateTime("held_until"));
    }

    private Row pacing() {
        return database.run("SELECT * FROM device_pacing WHERE device_id = $1", id())
                .iterator()
                .next();
    }

    private void checkAtOnce() {
        Object before = device().getValue("next_check_at");
        database.run("UPDATE devices SET next_check_at = 'epoch' WHERE id = $1", id());
        await().atMost(PATIENCE)
                .until(() -> !device().getValue("next_check_at").equals(before)
                        && device().getOffsetDateTime("next_check_at")
                                .toInstant()
                                .isAfter(Instant.now()));
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    }

    private Row device() {
        return database.run("SELECT * FROM devices WHERE id = $1", id())
                .iterator()
                .next();
    }

    private long version() {
        return device().getLong("version");
    }

    private Object unreachableSince() {
        return Cast.as(biru.user(), "viewer")
                .get("/api/v1/devices/" + biru.id())
                .then()
                .statusCode(200)
                .extract()
                .path("unreachable_since");
    }

    private UUID id() {
        return biru.id().value();
    }
}
