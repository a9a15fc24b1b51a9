package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the platform tells afterwards: through the front door, over Kafka, back to who asks over REST. */
@ExtendWith(PackagedStack.class)
class CallbacksIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PackagedStack.Running siaran;

    CallbacksIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void a_message_is_shown_as_delivered_and_read_and_its_answer_can_be_read() {
        // Given
        Shop gita = siaran.shop("kedai-gita");
        UUID device = gita.heard("merah");

        // When
        UUID message = send(gita, device, "60131000001");
        awaitRead(gita, message);
        siaran.ledger().tell("/control/replies", """
                {"platform":"wablas","device":"%s","phone":"60131000001","text":"Berapa?"}""".formatted(token(gita)));

        // Then
        JsonNode shown = message(gita, message);
        assertThat(shown.get("status").asText()).isEqualTo("sent");
        assertThat(shown.get("delivered_at").isNull()).isFalse();
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode replies =
                    get(gita, "/inbound-messages?device_id=" + device).get("items");
            assertThat(replies).hasSize(1);
            assertThat(replies.get(0).get("phone").asText()).isEqualTo("60131000001");
            assertThat(replies.get(0).get("text").asText()).isEqualTo("Berapa?");
        });
    }

    @Test
    void a_message_that_is_refused_after_all_fails_and_a_retry_reaches_the_phone_once() {
        // Given
        Shop eka = siaran.shop("kedai-eka");
        UUID device = eka.heard("biru");
        siaran.ledger().tell("/control/faults", """
                {"kind":"refused_later","device":"%s","count":1}""".formatted(token(eka)));
        UUID message = send(eka, device, "60131000002");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                message(eka, message).get("failure_reason").asText())
                        .isEqualTo("rejected_after_accept"));

        // When
        HttpResponse<String> retry = eka.crm().exchange("POST", "/messages/" + message + "/retry", "");

        // Then
        assertThat(retry.statusCode()).as(retry.body()).isLessThan(300);
        awaitRead(eka, message);
        assertThat(message(eka, message).get("status").asText()).isEqualTo("sent");
        assertThat(siaran.ledger().of(eka.credentials())).hasSize(1);
    }

    /** Of its one device. */
    private static String token(Shop shop) {
        return shop.credentials().iterator().next();
    }

    private static void awaitRead(Shop shop, UUID message) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(message(shop, message).get("read_at").isNull())
                                .isFalse());
    }

    private static UUID send(Shop shop, UUID device, String phone) {
        HttpResponse<String> answer = shop.crm().exchange("POST", "/messages", """
                {"device_id":"%s","recipient_phone":"%s","message":"Selamat pagi"}""".formatted(device, phone));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return UUID.fromString(Crm.tree(answer.body()).get("id").asText());
    }

    private static JsonNode message(Shop shop, UUID id) {
        return get(shop, "/messages/" + id);
    }

    private static JsonNode get(Shop shop, String path) {
        HttpResponse<String> answer = shop.crm().exchange("GET", path, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Crm.tree(answer.body());
    }
}
