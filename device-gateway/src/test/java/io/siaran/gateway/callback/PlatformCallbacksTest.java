package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each platform's own callbacks through its own address, signed as it signs them. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class PlatformCallbacksTest extends CallbackScene {

    @ParameterizedTest
    @ValueSource(strings = {"wablas", "gowa", "waha", "evolution"})
    void receipts_tell_what_became_of_a_message(String platform) {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, platform, Map.of());
        Taken hello = taken(merah, Cast.ANI);

        // When
        tell(platform, merah, CallbackForms.delivered(platform, hello.id())).statusCode(200);
        awaitWorkedOff(merah);
        tell(platform, merah, CallbackForms.read(platform, hello.id())).statusCode(200);

        // Then
        assertThat(events(merah, 2))
                .hasExactlyElementsOfTypes(DeliveryEvent.Delivered.class, DeliveryEvent.Read.class)
                .allSatisfy(event -> assertThat(event.messageId()).isEqualTo(hello.message()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wablas", "whacenter", "gowa", "waha", "evolution"})
    void a_reply_is_told_with_who_wrote_it(String platform) throws Exception {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, platform, Map.of());
        try (Topics replies = new Topics(kafka, Topic.INBOUND_MESSAGES.topicName())) {
            // When
            tell(platform, merah, CallbackForms.reply(platform, "1795831200")).statusCode(200);

            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(replies.read(merah.id().toString(), InboundMessage.class))
                            .singleElement()
                            .satisfies(told -> {
                                assertThat(told.phone()).isEqualTo(Cast.ANI);
                                assertThat(told.name()).isEqualTo("Ani");
                                assertThat(told.text()).isEqualTo("Berapa harga?");
                            }));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wablas", "waha", "evolution"})
    void a_connection_that_ends_is_known_at_once(String platform) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, platform, 1).getFirst();
        // The next check is half a minute away; the news has it asked at once, and it is to say the same.
        Simulator.connection(merah.token(), "disconnected");

        // When
        tell(platform, merah, CallbackForms.ended(platform, UUID.randomUUID().toString()))
                .statusCode(200);

        // Then
        Cast.awaitStatus(merah, "offline");
    }

    @Test
    void a_device_whose_platform_tells_of_its_connection_is_asked_less_often_while_it_is_well() {
        // Given
        List<Registered> devices = PlatformDevices.online(Cast.SINAR, "waha", 2);
        Registered silent = devices.getFirst();
        Registered telling = devices.getLast();
        Simulator.connection(telling.token(), "disconnected");
        tell("waha", telling, CallbackForms.ended("waha", UUID.randomUUID().toString()))
                .statusCode(200);
        Cast.awaitStatus(telling, "offline");
        // It is asked within five seconds after it was last, and then in turn.
        await().atMost(PATIENCE).until(() -> secondsToTheNextCheck(telling) > 5);
        assertThat(secondsToTheNextCheck(telling)).as("not well").isBetween(20, 34);
        Simulator.connection(telling.token(), "connected");

        // When
        asked(telling);
        Cast.awaitStatus(telling, "online");

        // Then
        asked(telling);
        assertThat(secondsToTheNextCheck(telling)).isBetween(100, 133);
        asked(silent);
        assertThat(secondsToTheNextCheck(silent)).isBetween(20, 34);
    }

    /** Its check comes now. */
    private void asked(Registered device) {
        database.run(
                "UPDATE devices SET next_check_at = 'epoch' WHERE id = $1",
                device.id().value());
        await().atMost(PATIENCE).until(() -> secondsToTheNextCheck(device) > 0);
    }

    private int secondsToTheNextCheck(Registered device) {
        return database.run(
                        "SELECT extract(epoch FROM greatest(next_check_at, clock_timestamp()) - clock_timestamp())::int FROM devices"
                                + " WHERE id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getInteger(0);
    }

    @ParameterizedTest
    @CsvSource({"401, refused, logged_out", "403, banned, banned"})
    void why_whatsapp_ended_a_connection_is_kept(String reason, String condition, String cause) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "evolution", 1).getFirst();
        Simulator.connection(merah.token(), "disconnected");

        // When
        tell("evolution", merah, CallbackForms.ended("evolution", "x").replace("401", reason))
                .statusCode(200);

        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.run(
                                "SELECT condition, refusal_cause FROM devices WHERE id = $1",
                                merah.id().value()))
                        .singleElement()
                        .satisfies(device -> {
                            assertThat(device.getString("condition")).isEqualTo(condition);
                            assertThat(device.getString("refusal_cause")).isEqualTo(cause);
                        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gowa", "waha"})
    void what_is_signed_by_somebody_else_is_nobodys(String platform) {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, platform, Map.of());
        Registered biru = PlatformDevices.device(Cast.SINAR, platform, Map.of());
        Taken hello = taken(merah, Cast.ANI);
        String body = CallbackForms.delivered(platform, hello.id());
        Map<String, String> right = CallbackForms.signature(platform, secret(merah), body.getBytes(UTF_8));

        // When / Then
        send(merah, body, Map.of()).statusCode(404);
        send(merah, body, CallbackForms.signature(platform, secret(biru), body.getBytes(UTF_8)))
                .statusCode(404);
        send(merah, body + " ", right).statusCode(404);
        send(biru, body, right).statusCode(404);
        assertThat(waiting(merah) + waiting(biru)).isZero();
        send(merah, body, right).statusCode(200);
    }

    private static ValidatableResponse tell(String platform, Registered device, String body) {
        return send(device, body, CallbackForms.signature(platform, secret(device), body.getBytes(UTF_8)));
    }

    private static ValidatableResponse send(Registered device, String body, Map<String, String> headers) {
        return given().contentType("application/json")
                .headers(headers)
                .body(body.getBytes(UTF_8))
                .post(address(device))
                .then();
    }
}
