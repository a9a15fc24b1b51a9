package io.siaran.gateway.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Json;
import io.siaran.model.ReturnReason;
import io.siaran.model.Send;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a platform or a rule can say against a message, and what dispatch is told. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class FaultsTest extends GatewayScene {

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, deferred, 0",
        "SERVER_ERROR, failed, 0",
        "UNKNOWN_NUMBER, rejected, 0",
        "TOKEN_EXPIRED, returned, 0",
        "LOGOUT, returned, 0",
        "GATEWAY_TIMEOUT, unknown, 1",
        "HTML_BAD_GATEWAY, unknown, 0",
        "HTML_BAD_GATEWAY, unknown, 1",
        "RESET, unknown, 0",
        "RESET, unknown, 1"
    })
    void each_fault_has_its_outcome(String fault, String outcome, int delivered) {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Simulator.fault(biru.token(), fault, Map.of("retry_after_seconds", 7, "delivered", delivered > 0));

        // When
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));

        // Then
        DeliveryEvent event = events(biru, 1).getFirst();
        assertThat(event.getClass().getSimpleName()).isEqualToIgnoringCase(outcome);
        if (event instanceof DeliveryEvent.Deferred deferred) {
            assertThat(Duration.between(deferred.at(), deferred.until())).isEqualTo(Duration.ofSeconds(7));
        }
        assertThat(Simulator.deliveries(biru.token())).hasSize(delivered);
    }

    @Test
    void a_refused_device_is_offline_at_once_and_what_follows_is_returned() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        Simulator.fault(biru.token(), "LOGOUT", Map.of());
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));
        Cast.awaitStatus(biru, "offline");

        // When
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.ANI));

        // Then
        assertThat(reasons(biru, 2)).containsExactly(ReturnReason.DEVICE_REFUSED, ReturnReason.DEVICE_NOT_ONLINE);
        assertThat(Simulator.deliveries(biru.token())).isEmpty();
    }

    @Test
    void what_is_for_a_device_whose_credential_does_not_open_is_returned_and_the_device_is_offline() {
        // Given
        Registered biru = Cast.onlineDevice(Cast.SINAR, "biru");
        database.run(
                "UPDATE devices SET credential = credential || '\\x00'::bytea, version = version + 1 WHERE id = $1",
                biru.id().value());

        // When
        topics.send(Topic.DEVICE_SENDS, biru.id(), Cast.send(biru, Cast.message(), Cast.BUDI));

        // Then
        assertThat(reasons(biru, 1)).containsExactly(ReturnReason.DEVICE_NOT_ONLINE);
        Cast.awaitStatus(biru, "offline");
        assertThat(Simulator.deliveries(biru.token())).isEmpty();
    }

    @Test
    void what_may_not_begin_is_returned_with_the_reason() {
        // Given
        Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
        Registered ofMaju = Cast.onlineDevice(Cast.MAJU, "biru");
        Send late = Cast.send(merah, Cast.message(), Cast.ANI);
        topics.send(
                Topic.SUPPRESSIONS,
                "x",
                Json.write(new Suppression(Cast.MAJU, Cast.BUDI, "opted_out", null, 1, false)));
        await().atMost(PATIENCE)
                .until(() -> database.run("SELECT FROM suppressions WHERE phone = $1", Cast.BUDI.digits())
                                .rowCount()
                        == 1);

        // When
        topics.send(
                Topic.DEVICE_SENDS, merah.id(), withNotAfter(late, Instant.now().minusSeconds(1)));
        Registered stolen = new Registered(merah.id(), Cast.MAJU, merah.token());
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(stolen, Cast.message(), Cast.ANI));
        topics.send(Topic.DEVICE_SENDS, ofMaju.id(), Cast.send(ofMaju, Cast.message(), Cast.BUDI));

        // Then
        assertThat(reasons(merah, 2)).containsExactly(ReturnReason.TOO_LATE, ReturnReason.WRONG_OWNER);
        assertThat(reasons(ofMaju, 1)).containsExactly(ReturnReason.SUPPRESSED);
        assertThat(Simulator.deliveries(merah.token())).isEmpty();
        assertThat(Simulator.deliveries(ofMaju.token())).isEmpty();
    }

    private static Send withNotAfter(Send send, Instant notAfter) {
        return new Send(
                send.messageId(),
                send.tryNo(),
                send.userId(),
                send.deviceId(),
                notAfter,
                send.supersedes(),
                send.kind(),
                send.recipientPhone(),
                send.recipientName(),
                send.attributes(),
                send.niche(),
                send.type(),
                send.message(),
                send.mediaUrl(),
                send.minDelay(),
                send.maxDelay(),
                send.antiSpam(),
                send.timeZone(),
                send.checkNumber());
    }
}
