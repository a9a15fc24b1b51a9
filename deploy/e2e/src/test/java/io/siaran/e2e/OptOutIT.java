package io.siaran.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.siaran.client.model.MessageState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an opt-out to the last message that the person gets: through three services and two topics. */
@ExtendWith(PackagedStack.class)
class OptOutIT {

    private static final String DINA = "60129990001";
    private static final int MESSAGES = 60;

    /** A second is promised; a machine that runs all tests beside may take longer, and then the printed time tells. */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final PackagedStack.Running siaran;

    OptOutIT(PackagedStack.Running siaran) {
        this.siaran = siaran;
    }

    @Test
    void who_opts_out_gets_nothing_more_though_many_messages_to_them_are_queued() {
        // Given
        Shop dina = siaran.shop("kedai-dina");
        UUID merah = dina.device("merah");
        dina.credentials().forEach(device -> siaran.ledger().holdEveryCallOpen(device, Duration.ofMillis(250)));
        dina.crm().desk().stop("until all is queued");
        for (int i = 0; i < MESSAGES; i++) {
            dina.message(merah, DINA, "Offer number " + i);
        }
        dina.crm().desk().resume();
        await().atMost(Duration.ofMinutes(1)).until(() -> delivered(dina).size() >= 4);

        // When
        dina.crm().desk().suppress(DINA);
        Instant optedOut = Instant.now();

        // Then
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(dina.crm().messages())
                        .extracting(message -> message.getStatus())
                        .doesNotContain(MessageState.PENDING, MessageState.PROCESSING));
        List<Ledger.Delivery> delivered = delivered(dina);
        Duration late = Duration.between(optedOut, delivered.getLast().at());
        System.out.println("  the last message came " + late.toMillis() + " ms after the opt-out was answered");
        assertThat(late).isLessThan(BOUND);
        assertThat(delivered).hasSizeLessThan(MESSAGES);
    }

    private List<Ledger.Delivery> delivered(Shop shop) {
        return siaran.ledger().of(shop.credentials());
    }
}
