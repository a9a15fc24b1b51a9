package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.FailureReason;
import io.siaran.client.model.InboundView;
import io.siaran.client.model.Message;
import io.siaran.client.model.MessageState;
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
        Message shown = gita.crm().desk().message(message);
        assertThat(shown.getStatus()).isEqualTo(MessageState.SENT);
        assertThat(shown.getDeliveredAt()).isNotNull();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(gita.crm().desk().inbound(device))
                        .extracting(InboundView::getPhone, InboundView::getText)
                        .containsExactly(tuple("60131000001", "Berapa?")));
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
                .untilAsserted(
                        () -> assertThat(eka.crm().desk().message(message).getFailureReason())
                                .isEqualTo(FailureReason.REJECTED_AFTER_ACCEPT));

        // When
        eka.crm().desk().retry(message);

        // Then
        awaitRead(eka, message);
        assertThat(eka.crm().desk().message(message).getStatus()).isEqualTo(MessageState.SENT);
        assertThat(siaran.ledger().of(eka.credentials())).hasSize(1);
    }

    /** Of its one device. */
    private static String token(Shop shop) {
        return shop.credentials().iterator().next();
    }

    private static void awaitRead(Shop shop, UUID message) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(shop.crm().desk().message(message).getReadAt())
                                .isNotNull());
    }

    private static UUID send(Shop shop, UUID device, String phone) {
        return shop.message(device, phone, "Selamat pagi");
    }
}
