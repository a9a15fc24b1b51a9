package io.siaran.gateway.provider.whacenter;

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
import io.siaran.gateway.device.ServerAddresses;
import io.siaran.gateway.provider.CallbackEvent;
import io.siaran.gateway.provider.CallbackReading.UnreadableCallback;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is on the wire to Whacenter, and what each of its answers means. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class WhacenterTest {

    private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");
    private static final String ACCEPTED = "{\"status\":true,\"message\":\"queued\",\"data\":{\"id\":110864596}}";

    private final PlatformStub server = PlatformStub.start();
    private final WhacenterAdapter adapter =
            new WhacenterAdapter(new PlatformStub.Waiting(Duration.ofSeconds(20)), PlatformStub.ANYWHERE);
    private final ConnectedDevice merah = server.device(Platform.WHACENTER, "d3v1ce", null);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_text_is_a_multipart_form_with_digits() {
        // Given
        server.answers(200, ACCEPTED);

        // When
        SendOutcome outcome = adapter.send(merah, PlatformStub.text("Helo Ani,\n\n50% & 😀"));

        // Then
        assertThat(outcome).isEqualTo(new Accepted("110864596"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method() + " " + asked.uri()).isEqualTo("POST /api/send");
            assertThat(asked.header("Content-Type")).startsWith("multipart/form-data");
            assertThat(asked.header("Authorization")).isNull();
            assertThat(asked.field("device_id")).isEqualTo("d3v1ce");
            assertThat(asked.field("number")).isEqualTo("60121111111");
            assertThat(asked.field("message")).isEqualTo("Helo Ani,\n\n50% & 😀");
            assertThat(asked.field("file")).isNull();
        });
    }

    @Test
    void an_image_is_the_same_call_with_its_address() {
        // Given
        server.answers(200, ACCEPTED);

        // When
        adapter.send(merah, PlatformStub.image("Helo", "https://kedai.my/a.jpg"));

        // Then
        assertThat(server.asked().getFirst().field("file")).isEqualTo("https://kedai.my/a.jpg");
        assertThat(server.asked().getFirst().field("message")).isEqualTo("Helo");
    }

    @Test
    void a_server_that_is_gone_was_not_sent_to() {
        // Given
        server.close();

        // When // Then
        assertThat(adapter.send(merah, PlatformStub.text("Helo"))).isInstanceOf(NotSent.class);
    }

    /** A form of several parts is written in pieces. */
    @Test
    void a_server_that_turns_out_to_be_in_our_own_network_is_told_nothing() {
        // Given
        server.answers(200, ACCEPTED);
        WhacenterAdapter guarded =
                new WhacenterAdapter(new PlatformStub.Waiting(Duration.ofSeconds(20)), new ServerAddresses(false));

        // When
        SendOutcome outcome = guarded.send(merah, PlatformStub.text("Helo"));

        // Then
        assertThat(outcome).isInstanceOf(NotSent.class);
        assertThat(server.asked()).isEmpty();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of(200, ACCEPTED, Accepted.class),
                Arguments.of(200, "{\"status\":true}", Accepted.class),
                Arguments.of(200, no("message", "device not connected or not found"), DeviceRefused.class),
                Arguments.of(200, no("msg", "your account has been blocked"), DeviceRefused.class),
                Arguments.of(200, no("msg", "number not registered on whatsapp"), NotOnWhatsApp.class),
                Arguments.of(200, no("msg", "device not registered"), DeviceRefused.class),
                Arguments.of(200, no("msg", "not registered"), ProviderFailed.class),
                Arguments.of(200, no("message", "may not be greater than 4096 characters"), MessageRejected.class),
                Arguments.of(200, no("message", "maintenance"), ProviderFailed.class),
                Arguments.of(200, no("msg", "failed to download file"), MediaUnavailable.class),
                Arguments.of(500, no("msg", "internal error, not sent"), ProviderFailed.class),
                Arguments.of(200, no("message", "Your WhatsApp number has been blocked"), DeviceRefused.class),
                Arguments.of(200, no("message", "sender number is not registered"), DeviceRefused.class),
                Arguments.of(200, no("message", "nomor tujuan has blocked you"), ContactRejected.class),
                Arguments.of(200, no("message", "this number is blocked"), ProviderFailed.class),
                Arguments.of(504, no("message", "Gateway timeout"), Unknown.class),
                Arguments.of(502, no("msg", "number not registered on whatsapp"), Unknown.class),
                Arguments.of(408, no("msg", "maintenance"), Unknown.class),
                Arguments.of(200, no("msg", "request timed out"), Unknown.class),
                Arguments.of(429, "", RateLimited.class),
                Arguments.of(401, "", DeviceRefused.class),
                Arguments.of(502, "<html>", Unknown.class),
                Arguments.of(504, "<html>", Unknown.class),
                Arguments.of(200, ACCEPTED.substring(0, 20), Unknown.class),
                Arguments.of(500, ACCEPTED, Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void each_answer_has_its_meaning(int status, String body, Class<? extends SendOutcome> meaning) {
        assertThat(WhacenterAnswer.outcome(new PlatformAnswer(status, null, body, NOW)))
                .isInstanceOf(meaning);
    }

    @Test
    void its_health_tells_connected_from_unknown_and_from_silence() {
        assertThat(health(200, "{\"status\":true,\"data\":{\"status\":\"CONNECTED\"}}"))
                .isEqualTo(new Health.Connected());
        assertThat(health(200, "{\"status\":true,\"data\":{\"status\":\"NOT CONNECTED\"}}"))
                .isEqualTo(new Health.NotConnected("NOT CONNECTED"));
        assertThat(health(200, "{\"status\":false,\"message\":\"\",\"data\":[]}"))
                .isEqualTo(new Health.Refused(RefusalCause.UNKNOWN_DEVICE, "no reason given"));
        assertThat(health(200, "{\"status\":false,\"message\":\"device not found\",\"data\":[]}"))
                .isEqualTo(new Health.Refused(RefusalCause.UNKNOWN_DEVICE, "device not found"));
        assertThat(health(500, "<html>")).isInstanceOf(Health.CannotBeAsked.class);
    }

    /** Every no of Whacenter has an empty list for its data. */
    @ParameterizedTest
    @CsvSource({
        "200, maintenance",
        "200, too many requests",
        "500, internal server error",
        "500, ''",
        "429, too many requests"
    })
    void a_no_that_does_not_blame_the_device_says_nothing_of_it(int status, String words) {
        assertThat(health(status, "{\"status\":false,\"msg\":\"" + words + "\",\"data\":[]}"))
                .isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void a_yes_without_a_status_says_nothing_of_the_device() {
        assertThat(health(200, "{\"status\":true,\"data\":{}}")).isInstanceOf(Health.CannotBeAsked.class);
    }

    @Test
    void a_reply_is_read_and_told_twice_it_is_the_same() {
        // Given
        WhacenterCallbacks callbacks = new WhacenterCallbacks();
        String body = "{\"pushName\":\"Ani\",\"from\":\"60121111111\",\"to\":\"60110000000\",\"message\":\"STOP\","
                + "\"media\":\"\",\"is_group\":false,\"timestamp\":1795831200}";

        // When
        CallbackEvent first = callbacks.read(body).events().getFirst();

        // Then
        assertThat(first).isInstanceOfSatisfying(CallbackEvent.Inbound.class, inbound -> {
            assertThat(inbound.from().phone()).contains(Cast.ANI);
            assertThat(inbound.text()).isEqualTo("STOP");
            assertThat(inbound.at()).contains(NOW);
        });
        assertThat(callbacks.read(body).events().getFirst().id()).isEqualTo(first.id());
        assertThat(callbacks
                        .read(body.replace("\"is_group\":false", "\"is_group\":true"))
                        .events())
                .isEmpty();
        assertThatThrownBy(() -> callbacks.read("[]")).isInstanceOf(UnreadableCallback.class);
        assertThatThrownBy(() -> callbacks.read("{\"from\":\"x\",\"message\":\"y\"}"))
                .isInstanceOf(UnreadableCallback.class);
    }

    private static Health health(int status, String body) {
        return WhacenterAnswer.health(new PlatformAnswer(status, null, body, NOW));
    }

    private static String no(String name, String words) {
        return "{\"status\":false,\"" + name + "\":\"" + words + "\",\"data\":[]}";
    }
}
