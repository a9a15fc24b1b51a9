package io.siaran.dispatch.webhook;

import static io.siaran.dispatch.webhook.WebhookStage.get;
import static io.siaran.dispatch.webhook.WebhookStage.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.dispatch.Cast;
import io.siaran.dispatch.Events;
import io.siaran.dispatch.Stage;
import io.siaran.dispatch.webhook.Receiver.Heard;
import io.siaran.dispatch.webhook.WebhookStage.Made;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeviceStatus;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class DeliveryTest {

    @Inject
    Stage stage;

    @Inject
    Events events;

    @Inject
    WebhookStage webhooks;

    @Inject
    Lanes lanes;

    @Inject
    Deliver deliver;

    private Receiver crm;

    @BeforeEach
    void setTheScene() {
        stage.reset();
        crm = new Receiver();
    }

    @AfterEach
    void close() {
        crm.close();
    }

    @Test
    void what_becomes_of_a_message_is_told_in_its_order_and_signed() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/hook"));
        BroadcastMessage message = released();

        // When
        events.settle(events.accepted(message, 1), events.delivered(message, 1));
        events.settle(events.read(message, 1));
        webhooks.deliver();

        // Then
        List<Heard> heard = crm.heard("/hook");
        heard.forEach(each -> each.verified(webhook.secret()));
        assertThat(heard).extracting(Heard::type).containsExactly("message.sent", "message.delivered", "message.read");
        assertThat(heard)
                .extracting(each -> each.json().path("sequence").asLong())
                .containsExactly(1L, 2L, 3L);
        assertThat(heard).extracting(Heard::id).doesNotHaveDuplicates();
        assertThat(heard.getFirst().json().at("/data/message_id").asText())
                .isEqualTo(message.id().toString());
        assertThat(heard.getFirst().json().at("/data/read_at").isMissingNode()).isTrue();
        get("aminah", "/api/v1/webhooks/" + webhook.id() + "/deliveries")
                .body("items.status", contains("delivered", "delivered", "delivered"))
                .body("items[0].type", equalTo("message.read"))
                .body("items[0].code", equalTo(200))
                .body("items[0].answer.length()", equalTo(1_024));
        assertThat(stage.rows("SELECT FROM webhook_lanes")).isEmpty();
    }

    @Test
    void nothing_is_kept_of_those_who_do_not_listen() {
        BroadcastMessage message = released();
        webhooks.webhook("razak", crm.url("/hook"));

        events.settle(events.accepted(message, 1));

        assertThat(stage.rows("SELECT FROM new_events")).isEmpty();
    }

    @Test
    void a_webhook_gets_only_the_types_that_it_wants() throws Exception {
        webhooks.webhook("aminah", crm.url("/hook"), "message.failed", "device.offline");
        BroadcastMessage message = released();

        events.settle(events.accepted(message, 1));
        stage.is(Cast.BIRU, Cast.AMINAH, DeviceStatus.OFFLINE);
        webhooks.deliver();

        assertThat(crm.heard()).extracting(Heard::type).containsExactly("device.offline");
    }

    @Test
    void what_failed_comes_again_with_the_same_id_before_what_follows_it() throws Exception {
        // Given
        webhooks.webhook("aminah", crm.url("/hook"));
        BroadcastMessage message = released();
        crm.answer("/hook", 500);
        events.settle(events.accepted(message, 1), events.delivered(message, 1));
        webhooks.deliver();
        assertThat(crm.heard()).extracting(Heard::type).containsExactly("message.sent");

        // When
        crm.answer("/hook", 204);
        webhooks.later("1 minute");
        webhooks.deliver();

        // Then
        List<Heard> heard = crm.heard();
        assertThat(heard).extracting(Heard::type).containsExactly("message.sent", "message.sent", "message.delivered");
        assertThat(heard.get(1).id()).isEqualTo(heard.get(0).id());
        assertThat(heard.get(1).body()).isEqualTo(heard.get(0).body());
    }

    @Test
    void a_receiver_that_hangs_holds_up_nobody() throws Exception {
        // Given
        crm.answer("/hang", Receiver.HANG);
        Made hanging = webhooks.webhook("aminah", crm.url("/hang"));
        webhooks.webhook("aminah", crm.url("/hook"));
        for (int i = 0; i < 6; i++) {
            events.settle(events.accepted(released(), 1));
        }
        webhooks.number();

        // When
        Thread deliveries = Thread.ofVirtual().start(webhooks::deliverAsTheyEnd);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(crm.heard("/hook")).hasSize(6));
        assertThat(crm.heard("/hang")).hasSizeBetween(1, 4);
        assertThat(deliveries.isAlive()).isTrue();
        crm.answer("/hang", 200);
        deliveries.join(Duration.ofSeconds(20));
        get("aminah", "/api/v1/webhooks/" + hanging.id() + "/deliveries?status=pending")
                .body("items[0].error", equalTo("timeout"));
    }

    @Test
    void what_a_process_had_under_way_when_it_died_is_delivered_by_another_and_counts_once() throws Exception {
        // Given
        webhooks.webhook("aminah", crm.url("/hook"));
        BroadcastMessage message = released();
        events.settle(events.accepted(message, 1), events.delivered(message, 1));
        webhooks.number();
        Claim lost = lanes.claim(new InFlight(20, 4).room()).getFirst();
        deliver.deliver(lost);
        webhooks.deliver();
        assertThat(crm.heard()).hasSize(1);

        // When
        webhooks.later("1 hour");
        webhooks.deliver();
        lanes.record(List.of(new Result(lost, new Attempt(500, 1, null, null), DeliveryStatus.PENDING, 1)));

        // Then
        assertThat(crm.heard())
                .extracting(Heard::type)
                .containsExactly("message.sent", "message.sent", "message.delivered");
        assertThat(crm.heard().get(1).id()).isEqualTo(crm.heard().get(0).id());
        assertThat(stage.rows("SELECT FROM webhook_deliveries WHERE status <> 'delivered'"))
                .isEmpty();
        assertThat(stage.rows("SELECT FROM webhook_lanes")).isEmpty();
    }

    @Test
    void an_event_that_comes_while_its_lane_ends_is_not_forgotten() throws Exception {
        // Given
        webhooks.webhook("aminah", crm.url("/hook"));
        BroadcastMessage message = released();
        events.settle(events.accepted(message, 1));
        webhooks.number();
        Claim first = lanes.claim(new InFlight(20, 4).room()).getFirst();
        events.settle(events.delivered(message, 1));
        webhooks.number();

        // When
        lanes.record(List.of(deliver.deliver(first)));
        webhooks.deliver();

        // Then
        assertThat(crm.heard()).extracting(Heard::type).containsExactly("message.sent", "message.delivered");
    }

    @Test
    void a_receiver_that_is_gone_gets_nothing_more_and_its_user_is_told() throws Exception {
        // Given
        Made gone = webhooks.webhook("aminah", crm.url("/gone?key=secret"));
        webhooks.webhook("aminah", crm.url("/hook"), "webhook.disabled");
        crm.answer("/gone", 410);

        // When
        List.of(released(), released()).forEach(message -> events.settle(events.accepted(message, 1)));
        webhooks.deliver();
        events.settle(events.accepted(released(), 1));
        webhooks.deliver();

        // Then
        get("aminah", "/api/v1/webhooks/" + gone.id())
                .body("enabled", equalTo(false))
                .body("disabled_reason", equalTo("gone"))
                .body("disabled_at", notNullValue());
        assertThat(crm.heard("/gone")).hasSizeBetween(1, 2);
        assertThat(crm.heard("/hook"))
                .as("other receivers are told, but not the secret of this one")
                .extracting(Heard::type, heard -> heard.json().at("/data/url").asText())
                .containsExactly(tuple("webhook.disabled", crm.url("/gone")));
    }

    @Test
    void what_an_old_address_still_answers_says_nothing_of_the_new_one_which_gets_the_event() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/old"));
        String path = "/api/v1/webhooks/" + webhook.id();
        crm.answer("/old", 410);
        events.settle(events.accepted(released(), 1));
        webhooks.number();
        Result gone = deliver.deliver(lanes.claim(new InFlight(20, 4).room()).getFirst());

        // When
        WebhookStage.as("aminah")
                .body("{\"url\": \"" + crm.url("/new") + "\"}")
                .patch(path)
                .then()
                .statusCode(200);
        lanes.record(List.of(gone));
        webhooks.deliver();

        // Then
        get("aminah", path)
                .body("enabled", equalTo(true))
                .body("disabled_reason", nullValue())
                .body("failures", equalTo(0));
        assertThat(crm.heard("/new")).extracting(Heard::type).containsExactly("message.sent");
    }

    @Test
    void a_redirect_is_not_followed_and_one_who_fails_rests() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/moved"));
        crm.answer("/moved", 307);
        for (int i = 0; i < 7; i++) {
            events.settle(events.accepted(released(), 1));
        }

        // When
        webhooks.deliver();

        // Then
        assertThat(crm.heard("/elsewhere")).isEmpty();
        assertThat(crm.heard("/moved")).hasSizeLessThan(7);
        get("aminah", "/api/v1/webhooks/" + webhook.id())
                .body("failures", equalTo(crm.heard("/moved").size()))
                .body("resting_until", notNullValue());

        // When
        crm.answer("/moved", 200);
        webhooks.later("1 hour");
        webhooks.deliver();

        // Then
        get("aminah", "/api/v1/webhooks/" + webhook.id())
                .body("failures", equalTo(0))
                .body("resting_until", nullValue());
        assertThat(stage.rows("SELECT FROM webhook_deliveries WHERE status <> 'delivered'"))
                .isEmpty();
    }

    @Test
    void after_days_of_failure_a_webhook_is_disabled_and_what_is_too_old_is_given_up() throws Exception {
        // Given
        Made webhook = webhooks.webhook("aminah", crm.url("/hook"));
        crm.answer("/hook", 503);
        events.settle(events.accepted(released(), 1));
        webhooks.deliver();

        // When
        webhooks.later("4 days");
        webhooks.deliver();
        events.settle(events.accepted(released(), 1));
        webhooks.later("2 days");
        webhooks.deliver();

        // Then
        String path = "/api/v1/webhooks/" + webhook.id();
        get("aminah", path).body("disabled_reason", equalTo("failing"));
        get("aminah", path + "/deliveries?status=failed").body("items", hasSize(1));

        // When
        crm.answer("/hook", 200);
        WebhookStage.as("aminah").body("{\"enabled\": true}").patch(path).then().statusCode(200);
        post("aminah", path + "/replay", "{\"from\": \"2026-01-01T00:00:00Z\"}")
                .statusCode(202)
                .body("deliveries", equalTo(1));
        webhooks.later("1 day");
        webhooks.deliver();

        // Then
        get("aminah", path + "/deliveries?status=delivered&type=message.sent").body("items", hasSize(2));
        assertThat(crm.heard().stream()
                        .filter(heard -> heard.type().equals("message.sent"))
                        .map(Heard::id)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void an_address_of_ours_is_not_connected_to_whatever_its_name_says() {
        ReceiverAddresses strict = new ReceiverAddresses(false);

        assertThat(strict.objection("http://127.0.0.1/x")).isPresent();
        assertThat(strict.objection("http://[::1]/x")).isPresent();
        assertThat(strict.objection("https://crm.example/x?token=1")).isEmpty();
        assertThatThrownBy(() -> strict.judged(InetAddress.getAllByName("localhost")))
                .isInstanceOf(UnknownHostException.class);
    }

    private BroadcastMessage released() {
        BroadcastMessage message = Cast.direct(Cast.MERAH, Cast.ANI, Cast.aMinuteAgo());
        stage.store(message);
        stage.release();
        assertThat(stage.status(message.id())).isEqualTo("processing");
        return message;
    }
}
