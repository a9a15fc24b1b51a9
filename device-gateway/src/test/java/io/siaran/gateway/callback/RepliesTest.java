package io.siaran.gateway.callback;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.Topics;
import io.siaran.gateway.provider.PlatformStub;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.InboundMessage;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write to a device, from the platform's callback to Kafka and to who reads it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RepliesTest extends CallbackScene {

    private static final String LID = "123456789012345";

    @Inject
    WatchInbox watch;

    private Topics replies;

    @BeforeEach
    void listenToReplies() {
        replies = new Topics(kafka, Topic.INBOUND_MESSAGES.topicName());
    }

    @AfterEach
    void stopListeningToReplies() throws Exception {
        replies.close();
    }

    @Test
    void a_reply_is_told_once_and_can_be_read_by_its_owner_only() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        String id = UUID.randomUUID().toString();

        // When
        post(address, reply(id, "60121111111", "Berapa harga?\n😀")).statusCode(200);
        awaitWorkedOff(merah);
        post(address, reply(id, "60121111111", "Berapa harga?\n😀")).statusCode(200);
        awaitWorkedOff(merah);

        // Then
        assertThat(told(merah, 1)).singleElement().satisfies(told -> {
            assertThat(told.phone()).isEqualTo(Cast.ANI);
            assertThat(told.userId()).isEqualTo(Cast.SINAR);
            assertThat(told.name()).isEqualTo("Ani");
            assertThat(told.text()).isEqualTo("Berapa harga?\n😀");
        });
        list(merah, Map.of())
                .body("items", hasSize(1))
                .body("items[0].phone", equalTo("60121111111"))
                .body("items[0].text", equalTo("Berapa harga?\n😀"))
                .body("next_cursor", nullValue());
        Cast.as(Cast.MAJU, "viewer")
                .queryParam("device_id", merah.id().toString())
                .get("/api/v1/inbound-messages")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void replies_are_found_by_phone_by_words_and_page_by_page() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        for (int i = 0; i < 5; i++) {
            post(address, reply("in-" + i, i % 2 == 0 ? "60121111111" : "60122222222", "jawapan " + i))
                    .statusCode(200);
            awaitWorkedOff(merah);
        }

        // When / Then
        list(merah, Map.of("phone", "012-222 2222")).body("items.text", contains("jawapan 3", "jawapan 1"));
        list(merah, Map.of("q", "JAWAPAN 4")).body("items.text", contains("jawapan 4"));
        list(merah, Map.of("q", "%")).body("items", empty());
        list(merah, Map.of("since", "2100-01-01T00:00:00Z")).body("items", empty());
        String cursor = list(merah, Map.of("limit", 2))
                .body("items.text", contains("jawapan 4", "jawapan 3"))
                .extract()
                .path("next_cursor");
        list(merah, Map.of("limit", 2, "cursor", cursor)).body("items.text", contains("jawapan 2", "jawapan 1"));
        Cast.as(Cast.SINAR, "viewer")
                .queryParam("from", "x")
                .get("/api/v1/inbound-messages")
                .then()
                .statusCode(400);
    }

    @Test
    void one_message_told_under_a_lid_and_under_a_phone_is_one_reply_of_one_person() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);

        // When
        post(address, reply("in-1", LID + "@lid", "Hai")).statusCode(200);
        awaitWorkedOff(merah);
        post(address, reply("in-1", "60121111111@c.us", "Hai")).statusCode(200);
        post(address, reply("in-2", LID + "@lid", "Masih ada?")).statusCode(200);

        // Then
        assertThat(told(merah, 2))
                .allSatisfy(reply -> assertThat(reply.phone()).isEqualTo(Cast.ANI))
                .extracting(InboundMessage::text)
                .containsExactlyInAnyOrder("Hai", "Masih ada?");
        list(merah, Map.of()).body("items", hasSize(2));
    }

    @Test
    void a_hidden_sender_is_no_phone_until_the_chat_of_our_own_message_tells_who_it_is() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        Taken hello = taken(merah, Cast.BUDI);
        post(address, reply("in-1", LID + "@lid", "Tolong berhenti 🙏")).statusCode(200);
        awaitWorkedOff(merah);
        list(merah, Map.of()).body("items", hasSize(1)).body("items[0].phone", nullValue());
        assertThat(told(merah, 0)).isEmpty();
        await().atMost(PATIENCE).untilAsserted(() -> {
            watch.measure();
            assertThat(metric("siaran_replies_hidden_stops")).isPositive();
        });

        // When
        Map<String, Object> delivered = receipt(hello, "delivered");
        delivered.put("phone", LID + "@lid");
        post(address, delivered).statusCode(200);

        // Then
        assertThat(told(merah, 1)).singleElement().satisfies(told -> {
            assertThat(told.phone()).isEqualTo(Cast.BUDI);
            assertThat(told.text()).isEqualTo("Tolong berhenti 🙏");
        });
        list(merah, Map.of("phone", Cast.BUDI.digits())).body("items", hasSize(1));
    }

    /** As its runbook says; what other tests left is none of ours. */
    @Test
    void a_hidden_stop_is_counted_until_an_operator_has_handled_it_and_the_next_one_is_again() {
        // Given
        database.run("UPDATE inbound_messages SET handled_at = clock_timestamp() WHERE phone IS NULL");
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        post(address, reply("in-1", LID + "@lid", "Berapa harga?")).statusCode(200);
        post(address, reply("in-2", "98765432109876@lid", "STOP")).statusCode(200);
        awaitWorkedOff(merah);
        assertThat(hiddenStops()).isEqualTo(1);

        // When
        String id = list(merah, Map.of("hidden_stop", true))
                .body("items.text", contains("STOP"))
                .body("items[0].handled_at", nullValue())
                .extract()
                .path("items[0].id");
        Cast.as(Cast.MAJU, "operator").post(handled(id)).then().statusCode(404);
        Cast.as(Cast.SINAR, "viewer").post(handled(id)).then().statusCode(403);
        assertThat(hiddenStops()).isEqualTo(1);
        String at = handle(id);

        // Then
        assertThat(hiddenStops()).isZero();
        assertThat(handle(id)).as("told again").isEqualTo(at);
        list(merah, Map.of("hidden_stop", true)).body("items", empty());
        list(merah, Map.of("hidden_stop", false)).body("items.text", contains("STOP", "Berapa harga?"));

        // When
        post(address, reply("in-3", "98765432109876@lid", "stop!")).statusCode(200);
        awaitWorkedOff(merah);

        // Then
        assertThat(hiddenStops()).isEqualTo(1);
        list(merah, Map.of("hidden_stop", false)).body("items.text", contains("STOP", "Berapa harga?"));
    }

    private double hiddenStops() {
        watch.measure();
        return metric("siaran_replies_hidden_stops");
    }

    private static String handled(String id) {
        return "/api/v1/inbound-messages/" + id + "/handled";
    }

    private static String handle(String id) {
        return Cast.as(Cast.SINAR, "operator")
                .post(handled(id))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .extract()
                .path("handled_at");
    }

    @Test
    void a_hidden_stop_holds_what_is_for_its_person_from_when_that_is_known_until_everybody_knows() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        String address = address(merah);
        Taken hello = taken(merah, Cast.BUDI);
        post(address, reply("in-1", LID + "@lid", "harga promo stop bila?")).statusCode(200);
        awaitWorkedOff(merah);
        Map<String, Object> delivered = receipt(hello, "delivered");
        delivered.put("phone", LID + "@lid");
        post(address, delivered).statusCode(200);
        told(merah, 1);

        // When
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.BUDI));
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.ANI));

        // Then
        assertThat(events(merah, 3))
                .hasAtLeastOneElementOfType(DeliveryEvent.Accepted.class)
                .filteredOn(DeliveryEvent.Returned.class::isInstance)
                .singleElement()
                .satisfies(event -> {
                    DeliveryEvent.Returned returned = (DeliveryEvent.Returned) event;
                    // What only may be a stop is to come again, when dispatch says: nobody opted out.
                    assertThat(returned.reason()).isEqualTo(ReturnReason.NOT_SENT);
                    assertThat(returned.notBefore()).isNull();
                });
        assertThat(Simulator.deliveries(merah.token()))
                .extracting(row -> row.get("phone"))
                .containsExactly(Cast.ANI.digits());

        // When
        database.run(
                "UPDATE lid_suppressions SET known_at = known_at - interval '11 minutes' WHERE device_id = $1",
                merah.id().value());
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.BUDI));

        // Then
        assertThat(events(merah, 4).getLast()).isInstanceOf(DeliveryEvent.Accepted.class);
    }

    @Test
    void a_hidden_stop_beside_a_reply_that_says_whose_it_is_holds_up_nothing() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        String address = address(merah);
        post(address, reply("in-1", LID + "@lid", "STOP")).statusCode(200);
        awaitWorkedOff(merah);
        database.run("CREATE FUNCTION put_off() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN NEW.due_at := clock_timestamp() + interval '1 hour'; RETURN NEW; END $$");
        database.run("CREATE TRIGGER put_off BEFORE INSERT ON callback_inbox FOR EACH ROW EXECUTE FUNCTION put_off()");
        try {
            post(address, reply("in-2", LID + "@lid", "stop")).statusCode(200);
            post(address, reply("in-3", LID + "@lid", "Berapa harga?")).statusCode(200);
        } finally {
            database.run("DROP TRIGGER put_off ON callback_inbox");
            database.run("DROP FUNCTION put_off");
        }

        // When
        database.run(
                "UPDATE callback_inbox SET due_at = clock_timestamp(), phone = CASE provider_id WHEN 'in-3' THEN $2 END"
                        + " WHERE device_id = $1",
                merah.id().value(),
                Cast.BUDI.digits());

        // Then
        assertThat(told(merah, 3)).extracting(InboundMessage::phone).containsOnly(Cast.BUDI);
        awaitWorkedOff(merah);
    }

    @Test
    void a_platform_that_does_not_say_who_wrote_holds_up_nothing_that_others_told() {
        // Given
        try (PlatformStub silent = PlatformStub.start()) {
            silent.answersAfter(Duration.ofSeconds(8));
            Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of("base_url", silent.url()));
            String hidden = CallbackForms.reply("waha", "in-1").replace("60121111111@c.us", LID + "@lid");
            signed("waha", merah, hidden).statusCode(200);
            awaitWorkedOff(merah);
            database.run(
                    "UPDATE inbound_messages SET resolve_at = 'epoch' WHERE device_id = $1",
                    merah.id().value());

            Registered biru = Cast.device(Cast.SINAR, "biru");

            // When
            Instant began = Instant.now();
            post(address(biru), reply("in-1", "60121111111", "Hai")).statusCode(200);
            awaitWorkedOff(biru);

            // Then
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
            await().atMost(PATIENCE)
                    .until(() -> silent.asked().stream()
                            .anyMatch(asked -> asked.uri().contains("/lids/" + LID)));
        }
    }

    /** WAHA names the device itself in what it tells of our own messages. */
    @Test
    void the_device_that_a_receipt_names_is_never_behind_the_lid_that_it_wrote_to() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "waha", Map.of());
        Taken hello = taken(merah, Cast.BUDI);
        String delivered = CallbackForms.delivered("waha", hello.id()).replace("60121111111@c.us", LID + "@lid");
        String stop = CallbackForms.reply("waha", "in-1").replace("60121111111@c.us", LID + "@lid");

        // When
        signed("waha", merah, delivered).statusCode(200);
        awaitWorkedOff(merah);
        signed("waha", merah, stop).statusCode(200);

        // Then
        assertThat(told(merah, 1))
                .singleElement()
                .satisfies(told -> assertThat(told.phone()).isEqualTo(Cast.BUDI));
    }

    @Test
    void a_receipt_that_names_somebody_else_than_whom_we_wrote_to_teaches_nothing() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Taken hello = taken(merah, Cast.BUDI);
        database.run(
                "INSERT INTO callback_inbox (platform, device_id, provider_id, kind, purpose, at, received_at, due_at, phone, lid)"
                        + " VALUES ('wablas', $1, $2, 'receipt.read', 'receipt', clock_timestamp(), clock_timestamp(),"
                        + " clock_timestamp(), $3, $4)",
                merah.id().value(),
                hello.id(),
                Cast.ANI.digits(),
                LID);

        // When
        awaitWorkedOff(merah);
        post(address(merah), reply("in-1", LID + "@lid", "STOP")).statusCode(200);

        // Then
        assertThat(told(merah, 1))
                .singleElement()
                .satisfies(told -> assertThat(told.phone()).isEqualTo(Cast.BUDI));
    }

    @ParameterizedTest
    @ValueSource(strings = {"whacenter", "waha"})
    void what_comes_from_the_devices_own_number_is_our_own_and_teaches_no_lid(String platform) {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, platform, Map.of("phone", Cast.ANI.digits()));
        Taken hello = taken(merah, Cast.ANI);
        String own = CallbackForms.reply(platform, "in-1")
                .replace("{\"notifyName\"", "{\"key\":{\"remoteJidAlt\":\"" + LID + "@lid\"},\"notifyName\"");

        // When
        signed(platform, merah, own).statusCode(200);
        if (platform.equals("waha")) {
            signed(
                            platform,
                            merah,
                            CallbackForms.delivered(platform, hello.id()).replace("60121111111@c.us", LID + "@lid"))
                    .statusCode(200);
        }

        // Then
        awaitWorkedOff(merah);
        list(merah, Map.of()).body("items", empty());
        assertThat(database.run(
                                "SELECT 1 FROM lid_phones WHERE device_id = $1",
                                merah.id().value())
                        .rowCount())
                .isZero();
    }

    @Test
    void the_same_words_without_an_id_and_a_time_are_one_reply_within_a_minute_and_another_one_later() {
        // Given
        Registered merah = PlatformDevices.device(Cast.SINAR, "whacenter", Map.of());
        String stop = CallbackForms.reply("whacenter", "");
        signed("whacenter", merah, stop).statusCode(200);
        awaitWorkedOff(merah);
        String first = providerId(merah);
        // As if it had come an hour ago.
        database.run(
                "UPDATE inbound_messages SET provider_id = regexp_replace(provider_id, '@.*', '@1') WHERE device_id = $1",
                merah.id().value());

        // When
        signed("whacenter", merah, stop).statusCode(200);
        signed("whacenter", merah, CallbackForms.reply("whacenter", "1795831200"))
                .statusCode(200);
        awaitWorkedOff(merah);
        signed("whacenter", merah, CallbackForms.reply("whacenter", "1795831200"))
                .statusCode(200);

        // Then
        awaitWorkedOff(merah);
        assertThat(first).contains("@");
        list(merah, Map.of()).body("items", hasSize(3));
    }

    private String providerId(Registered device) {
        return database.run(
                        "SELECT provider_id FROM inbound_messages WHERE device_id = $1",
                        device.id().value())
                .iterator()
                .next()
                .getString("provider_id");
    }

    private static ValidatableResponse signed(String platform, Registered device, String body) {
        return given().contentType("application/json")
                .headers(CallbackForms.signature(platform, secret(device), body.getBytes(UTF_8)))
                .body(body.getBytes(UTF_8))
                .post(address(device))
                .then();
    }

    @Test
    void groups_and_our_own_messages_are_no_replies() {
        // Given
        Registered merah = Cast.device(Cast.SINAR, "merah");
        Map<String, Object> own = reply("in-1", "60121111111", "Hai");
        own.put("isFromMe", true);
        Map<String, Object> group = reply("in-2", "60121111111", "Hai");
        group.put("isGroup", true);

        // When
        post(address(merah), own).statusCode(200).body("events", equalTo(0));
        post(address(merah), group).statusCode(200).body("events", equalTo(0));

        // Then
        assertThat(waiting(merah)).isZero();
        list(merah, Map.of()).body("items", empty());
    }

    private List<InboundMessage> told(Registered device, int count) {
        await().atMost(PATIENCE)
                .until(() -> replies.read(device.id().toString(), InboundMessage.class)
                                .size()
                        >= count);
        return replies.read(device.id().toString(), InboundMessage.class);
    }

    private static ValidatableResponse list(Registered device, Map<String, ?> filters) {
        return Cast.as(device.user(), "viewer")
                .queryParam("device_id", device.id().toString())
                .queryParams(filters)
                .get("/api/v1/inbound-messages")
                .then()
                .statusCode(200);
    }

    @Inject
    io.micrometer.core.instrument.MeterRegistry metrics;

    private double metric(String name) {
        return metrics.get(name.replace('_', '.')).gauge().value();
    }
}
