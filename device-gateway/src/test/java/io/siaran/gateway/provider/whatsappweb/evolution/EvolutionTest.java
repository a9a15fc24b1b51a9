package io.siaran.gateway.provider.whatsappweb.evolution;

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
import io.siaran.gateway.provider.CallbackReading.Parsed;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire to Evolution API, and what each of its answers means. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class EvolutionTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");
    private static final String ACCEPTED =
            "{\"key\":{\"remoteJid\":\"60121111111@s.whatsapp.net\",\"fromMe\":true,\"id\":\"3EB0AA\"},\"status\":\"PENDING\"}";

    private final PlatformStub server = PlatformStub.start();
    private final EvolutionAdapter adapter = new EvolutionAdapter(
            new PlatformStub.Waiting(Duration.ofSeconds(20)), PlatformStub.ANYWHERE, PlatformStub.HOOKS);
    private final ConnectedDevice merah = server.device(Platform.EVOLUTION, "k3y", "merah");

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_text_goes_to_its_instance() {
        // Given
        server.answers(201, ACCEPTED);

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("Helo 😀"));

        // Then
        assertThat(outcome).isEqualTo(new Accepted("3EB0AA"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /message/sendText/merah");
            assertThat(asked.header("apikey")).isEqualTo("k3y");
            assertThat(asked.body()).contains("\"number\":\"60121111111\"", "\"text\":\"Helo 😀\"");
        });
    }

    @Test
    void an_image_says_what_it_is() {
        // Given
        server.answers(201, ACCEPTED);

        // When
        adapter.send(merah, PlatformStub.image("Helo", "https://kedai.my/a.jpg"));

        // Then
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.uri()).isEqualTo("/message/sendMedia/merah");
            assertThat(asked.body())
                    .contains(
                            "\"mediatype\":\"image\"",
                            "\"mimetype\":\"image/jpeg\"",
                            "\"media\":\"https://kedai.my/a.jpg\"",
                            "\"caption\":\"Helo\"");
        });
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(201, ACCEPTED, Accepted.class),
                Arguments.of(201, "{\"status\":\"PENDING\"}", Unknown.class),
                Arguments.of(
                        400,
                        "{\"response\":{\"message\":[[{\"exists\":false,\"jid\":\"x\",\"number\":\"6012\"}]]}}",
                        NotOnWhatsApp.class),
                Arguments.of(400, no("Text is required"), MessageRejected.class),
                Arguments.of(400, no("Request failed with status code 404"), MediaUnavailable.class),
                Arguments.of(401, no("Unauthorized"), DeviceRefused.class),
                Arguments.of(404, no("The instance does not exist"), DeviceRefused.class),
                Arguments.of(429, no("rate-overlimit"), RateLimited.class),
                Arguments.of(500, no("Connection Closed"), DeviceRefused.class),
                Arguments.of(500, no("server returned error 463"), DeviceRefused.class),
                Arguments.of(500, no("Timed Out"), Unknown.class),
                Arguments.of(500, no("something new"), ProviderFailed.class),
                Arguments.of(503, "{\"code\":\"LICENSE_REQUIRED\"}", DeviceRefused.class),
                Arguments.of(503, no("starting"), NotSent.class),
                Arguments.of(503, "<html>", Unknown.class),
                Arguments.of(502, "<html>", Unknown.class),
                Arguments.of(201, "<html>", Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void each_answer_has_its_meaning(int status, String body, Class<? extends SendOutcome> meaning) {
        assertThat(EvolutionAnswer.outcome(new PlatformAnswer(status, null, body, NOW)))
                .isInstanceOf(meaning);
    }

    @Test
    void its_health_is_the_state_of_the_connection() {
        assertThat(health(200, state("open"))).isEqualTo(new Health.Connected());
        assertThat(health(200, state("connecting"))).isInstanceOf(Health.NotConnected.class);
        assertThat(health(200, state("close"))).isEqualTo(new Health.NotConnected("not connected"));
        assertThat(health(404, no("gone"))).isEqualTo(new Health.Refused(RefusalCause.UNKNOWN_DEVICE, "gone"));
        assertThat(health(503, "{\"code\":\"LICENSE_REQUIRED\"}"))
                .isEqualTo(new Health.Refused(RefusalCause.LICENCE, "LICENSE_REQUIRED"));
        assertThat(health(500, "<html>")).isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void it_is_asked_for_numbers_and_for_what_went_out() {
        // Given
        server.answers(200, "[{\"jid\":\"x\",\"exists\":false,\"number\":\"60121111111\"}]");

        // When
        Presence presence = adapter.numberCheck().orElseThrow().check(merah, Cast.ANI);
        Presence ofAnother = adapter.numberCheck().orElseThrow().check(merah, Cast.BUDI);
        server.answers(
                200,
                "{\"messages\":{\"records\":[{\"key\":{\"id\":\"3EB0AA\",\"fromMe\":true},"
                        + "\"message\":{\"extendedTextMessage\":{\"text\":\"Helo\"}},\"messageTimestamp\":1795831203}]}}");
        Lookup.Finding finding =
                adapter.lookup().orElseThrow().find(merah, new Lookup.Sought(Cast.message(), Cast.ANI, "Helo", NOW));

        // Then
        assertThat(presence).isEqualTo(Presence.NOT_ON_WHATSAPP);
        assertThat(ofAnother).isEqualTo(Presence.CANNOT_BE_ASKED);
        assertThat(finding).isEqualTo(new Lookup.Finding.Sent(List.of("3EB0AA")));
        assertThat(server.asked().getFirst().body()).isEqualTo("{\"numbers\":[\"60121111111\"]}");
        assertThat(server.asked().getLast().uri()).isEqualTo("/chat/findMessages/merah");
    }

    @Test
    void receipts_replies_and_states_are_read_and_groups_and_our_own_are_not() {
        // Given
        EvolutionCallbacks callbacks = new EvolutionCallbacks();

        // Then
        assertThat(callbacks
                        .read(event("messages.update", "{\"keyId\":\"3EB0AA\",\"fromMe\":true,\"status\":\"READ\"}"))
                        .events())
                .extracting(CallbackEvent::kind)
                .containsExactly("receipt.read");
        assertThat(callbacks
                        .read(event("messages.upsert", message("60121111111@s.whatsapp.net", false)))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(CallbackEvent.Inbound.class, inbound -> {
                    assertThat(inbound.from().phone()).contains(Cast.ANI);
                    assertThat(inbound.text()).isEqualTo("STOP");
                });
        assertThat(callbacks
                        .read(event("MESSAGES_UPSERT", "[" + message("123456789012@lid", false) + "]"))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.Inbound.class,
                        inbound -> assertThat(inbound.from().phone()).isEmpty());
        assertThat(callbacks
                        .read(event("messages.upsert", message("1203@g.us", false)))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event("messages.upsert", message("60121111111@s.whatsapp.net", true)))
                        .events())
                .isEmpty();
        assertThat(callbacks
                        .read(event("connection.update", "{\"state\":\"close\",\"statusReason\":401}"))
                        .events())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallbackEvent.ConnectionChange.class,
                        change -> assertThat(change.health()).isInstanceOf(Health.Refused.class));
        assertThatThrownBy(() -> callbacks.read(event("messages.update", "{\"status\":\"READ\"}")))
                .isInstanceOf(UnreadableCallback.class);
    }

    private static String message(String jid, boolean fromMe) {
        return "{\"key\":{\"remoteJid\":\"" + jid + "\",\"fromMe\":" + fromMe + ",\"id\":\"M1\"},\"pushName\":\"Ani\","
                + "\"message\":{\"conversation\":\"STOP\"},\"messageTimestamp\":1795831200}";
    }

    private static String event(String name, String data) {
        return "{\"event\":\"" + name + "\",\"instance\":\"merah\",\"date_time\":\"2026-11-28T02:00:00Z\",\"data\":"
                + data + "}";
    }

    private static String state(String state) {
        return "{\"instance\":{\"instanceName\":\"merah\",\"state\":\"" + state + "\"}}";
    }

    private static Health health(int status, String body) {
        return EvolutionAnswer.health(new PlatformAnswer(status, null, body, NOW));
    }

    private static String no(String words) {
        return "{\"status\":400,\"response\":{\"message\":[\"" + words + "\"]}}";
    }

    @Test
    void an_entry_that_cannot_be_read_costs_none_of_the_others() {
        // Given
        EvolutionCallbacks callbacks = new EvolutionCallbacks();
        String good = message("60121111111@s.whatsapp.net", false);
        String nobodys = message("x@s.whatsapp.net", false);

        // When
        Parsed replies = callbacks.read(event("messages.upsert", "[" + nobodys + "," + good + ",7,{}]"));
        Parsed receipts = callbacks.read(
                event("messages.update", "[{\"status\":\"READ\"},{\"keyId\":\"A\",\"status\":\"READ\"}]"));

        // Then
        assertThat(replies.events()).extracting(CallbackEvent::kind).containsExactly("inbound");
        assertThat(replies.passedOver()).isOne();
        assertThat(receipts.events()).extracting(CallbackEvent::id).containsExactly("A");
        assertThat(receipts.passedOver()).isOne();
        assertThatThrownBy(() -> callbacks.read(event("messages.upsert", "[" + nobodys + "," + nobodys + "]")))
                .isInstanceOf(UnreadableCallback.class);
    }

    @Test
    void its_phone_is_linked_by_an_instance_that_is_made_where_there_is_none() {
        // Given
        LinkPort linking = adapter.linking().orElseThrow();
        String state = "GET /instance/connectionState/merah";
        server.answers("GET /instance/connect/merah", 200, "{\"code\":\"2@abc\",\"pairingCode\":null}");
        server.answers("GET /instance/connect/merah?number=60121111111", 200, "{\"pairingCode\":\"ABCDABCD\"}");
        server.answers("DELETE /instance/logout/merah", 400, "{\"error\":\"not connected\"}");
        server.answers(201, "{}");

        // When
        server.answers(state, 404, "{\"status\":404,\"error\":\"Not Found\"}");
        linking.begin(merah);
        server.answers(state, 200, "{\"instance\":{\"state\":\"connecting\"}}");
        LinkPort.Standing waits = linking.standing(merah);
        server.answers(state, 200, "{\"instance\":{\"state\":\"open\"}}");
        LinkPort.Standing linked = linking.standing(merah);
        boolean isUnlinkedYet = linking.unlink(merah);
        server.answers(state, 200, "{\"instance\":{\"state\":\"close\"}}");
        LinkPort.Standing ended = linking.standing(merah);

        // Then
        assertThat(server.asked().stream()
                        .map(asked -> asked.method() + " " + asked.uri())
                        .filter(call -> !call.equals(state)))
                .containsExactly(
                        "POST /instance/create",
                        "GET /instance/connect/merah",
                        "GET /instance/connect/merah",
                        "DELETE /instance/logout/merah");
        assertThat(server.asked().get(1).body())
                .contains(
                        "\"instanceName\":\"merah\"",
                        "\"integration\":\"WHATSAPP-BAILEYS\"",
                        "\"url\":\"https://siaran.example.com/callbacks/merah\"",
                        "[\"MESSAGES_UPSERT\",\"MESSAGES_UPDATE\",\"CONNECTION_UPDATE\"]");
        assertThat(waits.qr()).contains("2@abc");
        assertThat(linked.health()).isInstanceOf(Health.Connected.class);
        assertThat(linked.qr()).isEmpty();
        assertThat(isUnlinkedYet).isFalse();
        assertThat(ended.underway()).isFalse();
        assertThat(linking.unlink(merah)).isTrue();
        assertThat(linking.pairingCode(merah, Cast.ANI)).contains("ABCDABCD");
    }
}
