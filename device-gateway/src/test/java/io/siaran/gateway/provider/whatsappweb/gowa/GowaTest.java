package io.siaran.gateway.provider.whatsappweb.gowa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackReading.Parsed;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.SendOutcome.Accepted;
import io.siaran.gateway.provider.SendOutcome.ContactRejected;
import io.siaran.gateway.provider.SendOutcome.DeviceRefused;
import io.siaran.gateway.provider.SendOutcome.MediaUnavailable;
import io.siaran.gateway.provider.SendOutcome.MessageRejected;
import io.siaran.gateway.provider.SendOutcome.NotOnWhatsApp;
import io.siaran.gateway.provider.SendOutcome.NotSent;
import io.siaran.gateway.provider.SendOutcome.ProviderFailed;
import io.siaran.gateway.provider.SendOutcome.RateLimited;
import io.siaran.gateway.provider.SendOutcome.Unknown;
import io.siaran.localstack.TestServers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire to gowa, and what each of its answers means. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class GowaTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");
    private static final String ACCEPTED =
            "{\"code\":\"SUCCESS\",\"message\":\"ok\",\"results\":{\"message_id\":\"3EB0AA\",\"status\":\"sent\"}}";

    private final PlatformStub server = PlatformStub.start();
    private final GowaAdapter adapter = new GowaAdapter(
            new PlatformStub.Waiting(Duration.ofSeconds(20)), PlatformStub.ANYWHERE, PlatformStub.HOOKS);
    private final ConnectedDevice merah = server.device(Platform.GOWA, "admin:s3cret", "merah");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_text_is_json_for_one_device_of_the_server() {
        // Given
        server.answers(200, ACCEPTED);

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("Helo \"Ani\" 😀"));

        // Then
        assertThat(outcome).isEqualTo(new Accepted("3EB0AA"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /send/message");
            assertThat(asked.header("Authorization")).isEqualTo("Basic YWRtaW46czNjcmV0");
            assertThat(asked.header("X-Device-Id")).isEqualTo("merah");
            assertThat(asked.body())
                    .contains("\"phone\":\"60121111111@s.whatsapp.net\"", "\"message\":\"Helo \\\"Ani\\\" 😀\"");
        });
    }

    @Test
    void an_image_is_a_form_with_its_address() {
        // Given
        server.answers(200, ACCEPTED);

        // When
        adapter.send(merah, PlatformStub.image("Helo", "https://kedai.my/a.jpg"));

        // Then
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/send/image");
            assertThat(asked.field("phone")).isEqualTo("60121111111@s.whatsapp.net");
            assertThat(asked.field("caption")).isEqualTo("Helo");
            assertThat(asked.field("image_url")).isEqualTo("https://kedai.my/a.jpg");
        });
    }

    @Test
    void an_answer_that_comes_too_late_is_unknown_and_asked_for_once() {
        // Given
        server.answersAfter(Duration.ofSeconds(3));
        GowaAdapter impatient = new GowaAdapter(
                new PlatformStub.Waiting(Duration.ofSeconds(1)), PlatformStub.ANYWHERE, PlatformStub.HOOKS);

        // When
        SendOutcome outcome = impatient.send(merah, PlatformStub.text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(Unknown.class);
        assertThat(server.asked()).hasSize(1);
    }

    /** Its name led elsewhere when it was asked for, and leads into our own network now. */
    @Test
    void a_server_that_turns_out_to_be_in_our_own_network_is_told_nothing() {
        // Given
        server.answers(200, ACCEPTED);
        GowaAdapter guarded = new GowaAdapter(
                new PlatformStub.Waiting(Duration.ofSeconds(20)), new ServerAddresses(false), PlatformStub.HOOKS);

        // When
        SendOutcome text = guarded.send(merah, PlatformStub.text("Helo"));
        SendOutcome image = guarded.send(merah, PlatformStub.image("Helo", "https://kedai.my/a.jpg"));
        Health health = guarded.health(merah);

        // Then
        assertThat(text).isInstanceOf(NotSent.class);
        assertThat(image).isInstanceOf(NotSent.class);
        assertThat(health).isInstanceOf(Health.CannotBeAsked.class);
        assertThat(server.asked()).isEmpty();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(200, ACCEPTED, Accepted.class),
                Arguments.of(400, no("INVALID_JID", "phone is not on whatsapp"), NotOnWhatsApp.class),
                Arguments.of(400, no("VALIDATION_ERROR", "message: cannot be blank."), MessageRejected.class),
                Arguments.of(400, no("VALIDATION_ERROR", "phone: cannot be blank."), ContactRejected.class),
                Arguments.of(401, no("AUTHENTICATION_ERROR", "Unauthorized"), DeviceRefused.class),
                Arguments.of(404, no("DEVICE_NOT_FOUND", "device not found"), DeviceRefused.class),
                Arguments.of(429, no("WA_REACHOUT_TIMELOCK", "463"), DeviceRefused.class),
                Arguments.of(429, no("RATE", "too many requests"), RateLimited.class),
                Arguments.of(500, no("INTERNAL_SERVER_ERROR", "could not store it"), ProviderFailed.class),
                Arguments.of(500, no("INTERNAL_SERVER_ERROR", "timed out waiting for response"), Unknown.class),
                Arguments.of(500, no("INTERNAL_SERVER_ERROR", "failed to download image"), MediaUnavailable.class),
                Arguments.of(503, no("DEVICE_MANAGER_UNAVAILABLE", "not now"), NotSent.class),
                Arguments.of(504, no("GATEWAY_TIMEOUT", "after 45s"), Unknown.class),
                Arguments.of(502, "<html>", Unknown.class),
                Arguments.of(200, "<html>", Unknown.class),
                Arguments.of(500, ACCEPTED, Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void each_answer_has_its_meaning(int status, String body, Class<? extends SendOutcome> meaning) {
        assertThat(GowaAnswer.outcome(new PlatformAnswer(status, null, body, NOW)))
                .isInstanceOf(meaning);
    }

    @Test
    void a_timelock_holds_until_the_platform_says() {
        assertThat(GowaAnswer.outcome(new PlatformAnswer(429, "60", no("WA_REACHOUT_TIMELOCK", "463"), NOW)))
                .isEqualTo(new DeviceRefused(RefusalCause.TIMELOCK, "463", NOW.plusSeconds(60)));
        assertThat(GowaAnswer.outcome(
                        new PlatformAnswer(401, null, no("AUTHENTICATION_ERROR", "you are not logged in"), NOW)))
                .isEqualTo(new DeviceRefused(RefusalCause.LOGGED_OUT, "you are not logged in", null));
    }

    @Test
    void its_health_tells_logged_in_from_connected_and_from_silence() {
        assertThat(health(200, status(true, true))).isEqualTo(new Health.Connected());
        assertThat(health(200, status(false, true))).isInstanceOf(Health.NotConnected.class);
        assertThat(health(200, status(true, false))).isInstanceOf(Health.NotConnected.class);
        assertThat(health(404, no("DEVICE_NOT_FOUND", "device not found")))
                .isEqualTo(new Health.Refused(RefusalCause.UNKNOWN_DEVICE, "device not found"));
        assertThat(health(503, no("DEVICE_MANAGER_UNAVAILABLE", "x"))).isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void it_is_asked_for_numbers_and_for_what_went_out() {
        // Given
        server.answers(200, "{\"code\":\"SUCCESS\",\"results\":{\"is_on_whatsapp\":false}}");

        // When
        Presence presence = adapter.numberCheck().orElseThrow().check(merah, Cast.ANI);
        server.answers(
                200,
                "{\"code\":\"SUCCESS\",\"results\":{\"data\":[{\"id\":\"3EB0AA\",\"content\":\"Helo\","
                        + "\"timestamp\":\"2026-11-28T02:00:03Z\",\"is_from_me\":true}]}}");
        Lookup.Finding finding =
                adapter.lookup().orElseThrow().find(merah, new Lookup.Sought(Cast.message(), Cast.ANI, "Helo", NOW));

        // Then
        assertThat(presence).isEqualTo(Presence.NOT_ON_WHATSAPP);
        assertThat(finding).isEqualTo(new Lookup.Finding.Sent(List.of("3EB0AA")));
        assertThat(server.asked().getFirst().uri()).isEqualTo("/user/check?phone=60121111111");
        assertThat(server.asked().getLast().uri())
                .startsWith("/chat/60121111111")
                .contains("/messages?", "is_from_me=true", "start_time=2026-11-28T02");
    }

    @Test
    void an_id_that_is_none_costs_none_of_the_others() {
        // Given
        GowaCallbacks callbacks = new GowaCallbacks();

        // When
        Parsed told = callbacks.read(event("message.ack", "{\"ids\":[\" \",\"A\",null],\"receipt_type\":\"read\"}"));

        // Then
        assertThat(told.events()).extracting(CallbackEvent::id).containsExactly("A");
        assertThat(told.passedOver()).isEqualTo(2);
        assertThatThrownBy(() -> callbacks.read(event("message.ack", "{\"ids\":[\"\"],\"receipt_type\":\"read\"}")))
                .isInstanceOf(UnreadableCallback.class);
    }

    @Test
    void receipts_and_replies_are_read_and_groups_and_our_own_are_not() {
        // Given
        GowaCallbacks callbacks = new GowaCallbacks();

        // Then
        assertThat(callbacks
                        .read(event(
                                "message.ack",
                                "{\"ids\":[\"A\",\"B\"],\"chat_id\":\"60121111111@s.whatsapp.net\","
                                        + "\"from\":\"60121111111@s.whatsapp.net\",\"receipt_type\":\"read\"}"))
                        .events())
                .extracting(CallbackEvent::id, CallbackEvent::kind)
                .containsExactly(tuple("A", "receipt.read"), tuple("B", "receipt.read"));
        assertThat(callbacks
                        .read(event("message.ack", "{\"ids\":[\"A\"],\"receipt_type\":\"retry\"}"))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event("message", message("123456789012@lid", "123456789012@lid", false)))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.Inbound.class,
                        inbound -> assertThat(inbound.from().lid()).contains("123456789012"));
        assertThat(callbacks
                        .read(event("message", message("60121111111@s.whatsapp.net", "1203@g.us", false)))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event(
                                "message", message("60121111111@s.whatsapp.net", "60121111111@s.whatsapp.net", true)))
                        .events())
                .isEmpty();
        assertThatThrownBy(() -> callbacks.read("{\"event\":\"message.ack\",\"payload\":{\"ids\":7}}"))
                .isInstanceOf(UnreadableCallback.class);
    }

    private static String message(String from, String chat, boolean fromMe) {
        return "{\"id\":\"M1\",\"chat_id\":\"" + chat + "\",\"from\":\"" + from
                + "\",\"from_name\":\"Ani\",\"timestamp\":\"2026-11-28T02:00:00Z\",\"is_from_me\":" + fromMe
                + ",\"body\":\"STOP\"}";
    }

    private static String event(String name, String payload) {
        return "{\"event\":\"" + name + "\",\"device_id\":\"merah\",\"payload\":" + payload + "}";
    }

    private static Health health(int status, String body) {
        return GowaAnswer.health(new PlatformAnswer(status, null, body, NOW));
    }

    private static String status(boolean connected, boolean loggedIn) {
        return "{\"code\":\"SUCCESS\",\"results\":{\"is_connected\":" + connected + ",\"is_logged_in\":" + loggedIn
                + "}}";
    }

    private static String no(String code, String words) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + words + "\",\"results\":null}";
    }

    @Test
    void its_phone_is_linked_by_a_code_to_type_alone() {
        // Given
        LinkPort linking = adapter.linking().orElseThrow();
        String status = "GET /devices/merah/status";
        server.answers(200, "{\"code\":\"SUCCESS\",\"results\":{\"pair_code\":\"ABCD-1234\"}}");

        // When
        server.answers(status, 404, "{\"code\":\"DEVICE_NOT_FOUND\",\"message\":\"x\"}");
        linking.begin(merah);
        server.answers(
                status, 200, "{\"code\":\"SUCCESS\",\"results\":{\"is_connected\":true,\"is_logged_in\":false}}");
        LinkPort.Standing waits = linking.begin(merah);
        var code = linking.pairingCode(merah, Cast.ANI);
        boolean isUnlinked = linking.unlink(merah);

        // Then
        assertThat(server.asked().stream()
                        .map(asked -> asked.method() + " " + asked.uri())
                        .filter(call -> !call.equals(status)))
                .containsExactly(
                        "POST /devices",
                        "POST /devices/merah/login/code?phone=60121111111",
                        "POST /devices/merah/logout");
        assertThat(server.asked().get(1).body())
                .contains(
                        "\"device_id\":\"merah\"",
                        "\"webhook_url\":\"https://siaran.example.com/callbacks/merah\"",
                        "\"webhook_secret\":\"a-secret\"",
                        "\"webhook_events\":[\"message\",\"message.ack\"]");
        assertThat(waits.qr()).isEmpty();
        assertThat(waits.health()).isInstanceOf(Health.NotConnected.class);
        assertThat(code).contains("ABCD-1234");
        assertThat(isUnlinked).isTrue();
    }
}
