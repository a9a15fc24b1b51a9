package io.siaran.gateway.provider.whatsappweb.waha;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.device.ConnectedDevice;
import io.siaran.gateway.device.Health;
import io.siaran.gateway.device.Platform;
import io.siaran.gateway.device.RefusalCause;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
import io.siaran.gateway.provider.Contact;
import io.siaran.gateway.provider.LinkPort;
import io.siaran.gateway.provider.Lookup;
import io.siaran.gateway.provider.NumberCheck.Presence;
import io.siaran.gateway.provider.PlatformAnswer;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.provider.SendOutcome;
import io.siaran.gateway.provider.SendOutcome.Accepted;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire to WAHA, and what each of its answers means. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WahaTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");
    private static final String ACCEPTED = "{\"id\":\"true_60121111111@c.us_3EB0AA\",\"timestamp\":1795831200}";

    private final PlatformStub server = PlatformStub.start();
    private final WahaAdapter adapter = new WahaAdapter(
            new PlatformStub.Waiting(Duration.ofSeconds(20)), PlatformStub.ANYWHERE, PlatformStub.HOOKS);
    private final ConnectedDevice merah = server.device(Platform.WAHA, "k3y", "merah");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_text_names_its_session_and_chat_and_whatsapps_own_id_is_kept() {
        // Given
        server.answers(201, ACCEPTED);

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("Helo 😀"));

        // Then
        assertThat(outcome).isEqualTo(new Accepted("3EB0AA"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /api/sendText");
            assertThat(asked.header("X-Api-Key")).isEqualTo("k3y");
            assertThat(asked.body())
                    .contains("\"session\":\"merah\"", "\"chatId\":\"60121111111@c.us\"", "\"text\":\"Helo 😀\"");
        });
    }

    @Test
    void an_image_says_what_it_is() {
        // Given
        server.answers(201, ACCEPTED);

        // When
        adapter.send(merah, PlatformStub.image("Helo", "https://kedai.my/promo/a.png?v=2"));

        // Then
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/api/sendImage");
            assertThat(asked.body())
                    .contains(
                            "\"mimetype\":\"image/png\"",
                            "\"filename\":\"a.png\"",
                            "\"url\":\"https://kedai.my/promo/a.png?v=2\"",
                            "\"caption\":\"Helo\"");
        });
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(201, ACCEPTED, Accepted.class),
                Arguments.of(201, "{\"id\":{\"_serialized\":\"true_1@c.us_A\"}}", Accepted.class),
                Arguments.of(201, "{}", Unknown.class),
                Arguments.of(401, no("Unauthorized"), DeviceRefused.class),
                Arguments.of(404, no("Session \\\"x\\\" does not exist"), DeviceRefused.class),
                Arguments.of(422, "{\"error\":\"x\",\"status\":\"STARTING\"}", NotSent.class),
                Arguments.of(422, "{\"error\":\"x\",\"status\":\"SCAN_QR_CODE\"}", DeviceRefused.class),
                Arguments.of(422, "{\"error\":\"x\",\"status\":\"FAILED\"}", DeviceRefused.class),
                Arguments.of(429, no("too many"), RateLimited.class),
                Arguments.of(500, no("server returned error 463"), DeviceRefused.class),
                Arguments.of(500, no("recipient number is not on WhatsApp"), NotOnWhatsApp.class),
                Arguments.of(500, no("Request failed with status code 404"), MediaUnavailable.class),
                Arguments.of(500, no("something new"), ProviderFailed.class),
                Arguments.of(500, no("operation timed out"), Unknown.class),
                Arguments.of(400, no("text should not be empty"), MessageRejected.class),
                Arguments.of(502, "<html>", Unknown.class),
                Arguments.of(502, no("number not registered"), Unknown.class),
                Arguments.of(408, no("Request Timeout"), Unknown.class),
                Arguments.of(504, "{\"message\":\"gateway\"}", Unknown.class),
                Arguments.of(201, "<html>", Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void each_answer_has_its_meaning(int status, String body, Class<? extends SendOutcome> meaning) {
        assertThat(WahaAnswer.outcome(new PlatformAnswer(status, null, body, NOW)))
                .isInstanceOf(meaning);
    }

    @Test
    void its_health_is_the_state_of_the_session() {
        assertThat(health(200, "{\"name\":\"merah\",\"status\":\"WORKING\"}")).isEqualTo(new Health.Connected());
        assertThat(health(200, "{\"name\":\"merah\",\"status\":\"SCAN_QR_CODE\"}"))
                .isInstanceOf(Health.NotConnected.class);
        assertThat(health(401, no("Unauthorized")))
                .isEqualTo(new Health.Refused(RefusalCause.CREDENTIAL, "Unauthorized"));
        assertThat(health(404, no("gone"))).isEqualTo(new Health.Refused(RefusalCause.UNKNOWN_DEVICE, "gone"));
        assertThat(health(404, "<html>")).isInstanceOf(Health.CannotBeAsked.class);
        assertThat(health(500, "<html>")).isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void it_is_asked_for_numbers_lids_and_for_what_went_out() {
        // Given
        server.answers(200, "{\"numberExists\":true,\"chatId\":\"60121111111@c.us\"}");

        // When
        Presence presence = adapter.numberCheck().orElseThrow().check(merah, Cast.ANI);
        server.answers(200, "{\"lid\":\"123456789012@lid\",\"pn\":\"60121111111@c.us\"}");
        var phone = adapter.lids().orElseThrow().phoneOf(merah, "123456789012");
        server.answers(
                200, "[{\"id\":\"true_123@lid_3EB0AA\",\"timestamp\":1795831203,\"fromMe\":true,\"body\":\"Helo\"}]");
        Lookup.Finding finding =
                adapter.lookup().orElseThrow().find(merah, new Lookup.Sought(Cast.message(), Cast.ANI, "Helo", NOW));

        // Then
        assertThat(presence).isEqualTo(Presence.ON_WHATSAPP);
        assertThat(phone).contains(Cast.ANI);
        assertThat(finding).isEqualTo(new Lookup.Finding.Sent(List.of("3EB0AA")));
        assertThat(server.asked())
                .extracting(PlatformStub.Asked::uri)
                .containsExactly(
                        "/api/contacts/check-exists?phone=60121111111&session=merah",
                        "/api/merah/lids/123456789012",
                        server.asked().getLast().uri());
        assertThat(server.asked().getLast().uri())
                .contains("filter.timestamp.gte=1795831200", "filter.fromMe=true", "60121111111");
    }

    @Test
    void receipts_replies_and_states_are_read_and_groups_and_our_own_are_not() {
        // Given
        WahaCallbacks callbacks = new WahaCallbacks();

        // Then
        assertThat(callbacks
                        .read(event(
                                "message.ack",
                                "{\"id\":\"true_123@lid_3EB0AA\",\"from\":\"60110000000@c.us\",\"to\":\"123456789012@lid\","
                                        + "\"fromMe\":true,\"ackName\":\"DEVICE\"}"))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(CallbackEvent.Receipt.class, receipt -> {
                    assertThat(receipt.contact()).isEqualTo(new Contact(Optional.empty(), Optional.of("123456789012")));
                    assertThat(receipt.providerMessageId()).isEqualTo("3EB0AA");
                    assertThat(receipt.kind()).isEqualTo("receipt.delivered");
                });
        assertThat(callbacks
                        .read(event(
                                "message.ack",
                                "{\"id\":\"false_123@lid_3EB0AB\",\"from\":\"123456789012@lid\",\"to\":\"60110000000@c.us\","
                                        + "\"fromMe\":false,\"ackName\":\"READ\"}"))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.Receipt.class,
                        receipt -> assertThat(receipt.contact().isNobody()).isTrue());
        assertThat(callbacks
                        .read(event("message", message("60121111111@c.us", false, "")))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.Inbound.class,
                        inbound -> assertThat(inbound.from().phone()).contains(Cast.ANI));
        assertThat(callbacks
                        .read(event(
                                "message",
                                message(
                                        "123456789012@lid",
                                        false,
                                        ",\"_data\":{\"key\":{\"remoteJidAlt\":\"60121111111@s.whatsapp.net\"}}")))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.Inbound.class,
                        inbound -> assertThat(inbound.from().phone()).contains(Cast.ANI));
        assertThat(callbacks
                        .read(event("message", message("1203@g.us", false, "")))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event("message", message("60121111111@c.us", true, "")))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event("session.status", "{\"status\":\"WORKING\"}"))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.ConnectionChange.class,
                        change -> assertThat(change.health()).isEqualTo(new Health.Connected()));
        assertThatThrownBy(() -> callbacks.read("{}")).isInstanceOf(UnreadableCallback.class);
        assertThatThrownBy(() -> callbacks.read(event("message.ack", "{\"ackName\":\"READ\"}")))
                .isInstanceOf(UnreadableCallback.class);
    }

    private static String message(String from, boolean fromMe, String more) {
        return "{\"id\":\"false_" + from + "_M1\",\"timestamp\":1795831200,\"from\":\"" + from + "\",\"fromMe\":"
                + fromMe + ",\"body\":\"STOP\"" + more + "}";
    }

    private static String event(String name, String payload) {
        return "{\"id\":\"evt_1\",\"event\":\"" + name + "\",\"session\":\"merah\",\"payload\":" + payload + "}";
    }

    private static Health health(int status, String body) {
        return WahaAnswer.health(new PlatformAnswer(status, null, body, NOW));
    }

    private static String no(String words) {
        return "{\"statusCode\":500,\"message\":\"" + words + "\"}";
    }

    @Test
    void its_phone_is_linked_by_a_session_that_is_made_started_or_restarted_as_it_needs() {
        // Given
        LinkPort linking = adapter.linking().orElseThrow();
        String session = "GET /api/sessions/merah";
        server.answers(201, "{}");

        // When
        server.answers(session, 404, no("Session does not exist"));
        linking.begin(merah);
        server.answers(session, 200, "{\"status\":\"STOPPED\"}");
        LinkPort.Standing stopped = linking.begin(merah);
        server.answers(session, 200, "{\"status\":\"FAILED\"}");
        linking.begin(merah);
        server.answers(session, 200, "{\"status\":\"SCAN_QR_CODE\"}");
        server.answers("GET /api/merah/auth/qr?format=raw", 200, "{\"value\":\"2@abc\"}");
        LinkPort.Standing waits = linking.begin(merah);
        server.answers(session, 200, "{\"status\":\"WORKING\",\"me\":{\"id\":\"60121111111@c.us\"}}");
        LinkPort.Standing linked = linking.begin(merah);

        // Then
        assertThat(server.asked().stream()
                        .map(asked -> asked.method() + " " + asked.uri())
                        .filter(call -> !call.equals(session)))
                .containsExactly(
                        "POST /api/sessions",
                        "POST /api/sessions/merah/start",
                        "POST /api/sessions/merah/restart",
                        "GET /api/merah/auth/qr?format=raw");
        assertThat(server.asked().get(1).body())
                .contains(
                        "\"name\":\"merah\"",
                        "\"start\":true",
                        "\"url\":\"https://siaran.example.com/callbacks/merah\"",
                        "\"key\":\"a-secret\"",
                        "[\"session.status\",\"message\",\"message.ack\"]");
        assertThat(stopped.underway()).isFalse();
        assertThat(waits.qr()).contains("2@abc");
        assertThat(waits.underway()).isTrue();
        assertThat(linked.health()).isInstanceOf(Health.Connected.class);
        assertThat(linked.phone()).contains("60121111111");
        assertThat(linked.qr()).isEmpty();
    }

    @Test
    void a_code_to_type_is_asked_for_and_what_no_code_can_be_is_none() {
        // Given
        LinkPort linking = adapter.linking().orElseThrow();
        server.answers(200, "{\"status\":\"SCAN_QR_CODE\"}");
        server.answers("GET /api/merah/auth/qr?format=raw", 200, "{\"value\":\"" + "x".repeat(5_000) + "\"}");
        server.answers("POST /api/merah/auth/request-code", 201, "{\"code\":\"ABCDABCD\"}");

        // When / Then
        assertThat(linking.standing(merah).qr()).isEmpty();
        assertThat(linking.pairingCode(merah, Cast.ANI)).contains("ABCDABCD");
        assertThat(server.asked().getLast().body()).isEqualTo("{\"phoneNumber\":\"60121111111\"}");
        server.answers("POST /api/merah/auth/request-code", 422, no("not now"));
        assertThat(linking.pairingCode(merah, Cast.ANI)).isEmpty();
        assertThat(linking.unlink(merah)).isTrue();
        assertThat(server.asked().getLast().uri()).isEqualTo("/api/sessions/merah/logout");
        server.close();
        assertThat(linking.standing(merah).health()).isInstanceOf(Health.CannotBeAsked.class);
        assertThat(linking.unlink(merah)).isFalse();
    }
}
