package io.siaran.gateway.callback;

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
import io.siaran.gateway.Topics;
import io.siaran.localstack.TestServers;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
        post(address, reply("in-1", LID + "@lid", "STOP")).statusCode(200);
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
            assertThat(told.text()).isEqualTo("STOP");
        });
        list(merah, Map.of("phone", Cast.BUDI.digits())).body("items", hasSize(1));
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
