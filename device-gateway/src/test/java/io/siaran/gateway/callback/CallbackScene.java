package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.model.MessageId;
import io.siaran.model.PhoneNumber;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** A device whose platform calls back, and messages that it has sent already. */
abstract class CallbackScene extends GatewayScene {

    /** A message that the platform took, and the platform's id of it. */
    record Taken(MessageId message, String id) {}

    /** What people said to one test holds nothing of the others. */
    @AfterEach
    void forgetWishes() {
        database.run("DELETE FROM last_wishes");
    }

    static String address(Registered device) {
        String url = Cast.as(device.user(), "operator")
                .get("/api/v1/devices/" + device.id() + "/callback")
                .then()
                .statusCode(200)
                .extract()
                .path("callback_url");
        return URI.create(url).getPath();
    }

    /** What its platform signs with, where it signs. */
    static String secret(Registered device) {
        return Cast.as(device.user(), "operator")
                .get("/api/v1/devices/" + device.id() + "/callback")
                .then()
                .statusCode(200)
                .extract()
                .path("signing_secret");
    }

    static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    /** A message of that device that was sent, without sending it. */
    final Taken taken(Registered device, PhoneNumber recipient) {
        Taken taken = new Taken(Cast.message(), "wb-" + UUID.randomUUID());
        started(device, taken, recipient);
        settled(taken, "accepted");
        return taken;
    }

    /** Its call is under way. */
    final void started(Registered device, Taken taken, PhoneNumber recipient) {
        database.run(
                "INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,"
                        + " sent_text, phone) VALUES ($1, 1, $2, $3, 'started', gen_random_uuid(), clock_timestamp(),"
                        + " clock_timestamp() + interval '30 seconds', 'Hi', $4)",
                taken.message().value(),
                device.id().value(),
                device.user().value(),
                recipient.digits());
    }

    final void settled(Taken taken, String state) {
        database.run(
                "UPDATE send_journal SET state = $2, ended_at = clock_timestamp(), provider_message_id = $3"
                        + " WHERE message_id = $1",
                taken.message().value(),
                state,
                state.equals("accepted") ? taken.id() : null);
    }

    static Map<String, Object> receipt(Taken taken, String status) {
        return new HashMap<>(
                Map.of("id", taken.id(), "phone", "60121111111", "status", status, "note", "", "sender", "x"));
    }

    static Map<String, Object> reply(String id, String phone, String text) {
        return new HashMap<>(Map.of(
                "id",
                id,
                "pushName",
                "Ani",
                "isGroup",
                false,
                "message",
                text,
                "phone",
                phone,
                "messageType",
                "text",
                "isFromMe",
                false,
                "timestamp",
                System.currentTimeMillis() / 1_000));
    }

    final long waiting(Registered device) {
        return database.run(
                        "SELECT count(*) FROM callback_inbox WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getLong(0);
    }

    final void awaitWorkedOff(Registered device) {
        awaitWaiting(device, 0);
    }

    final void awaitWaiting(Registered device, long callbacks) {
        // A connection that was killed may be lent once more before its pool knows.
        await().atMost(PATIENCE).ignoreExceptions().until(() -> waiting(device) == callbacks);
    }

    final boolean superseded(Taken taken) {
        return database.run(
                        "SELECT superseded FROM send_journal WHERE message_id = $1",
                        taken.message().value())
                .iterator()
                .next()
                .getBoolean(0);
    }
}
