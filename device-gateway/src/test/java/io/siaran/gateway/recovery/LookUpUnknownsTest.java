package io.siaran.gateway.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Simulator;
import io.siaran.gateway.scene.GatewayScene;
import io.siaran.gateway.scene.PlatformDevices;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a platform can prove of a message whose answer was lost. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class LookUpUnknownsTest extends GatewayScene {

    @Inject
    LookUpUnknowns lookUps;

    @ParameterizedTest
    @ValueSource(strings = {"gowa", "waha", "evolution"})
    void a_message_that_went_out_though_its_answer_was_lost_is_found(String platform) {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, platform, 1).getFirst();
        Send send = lost(merah, "gateway_timeout");

        // When
        lookUp(send);

        // Then
        assertThat(events(merah, 2).get(1)).isInstanceOfSatisfying(DeliveryEvent.Accepted.class, accepted -> {
            assertThat(accepted.messageId()).isEqualTo(send.messageId());
            assertThat(accepted.providerMessageId())
                    .isEqualTo(Simulator.deliveries(merah.token()).getFirst().get("message_id"));
        });
        assertThat(Simulator.deliveries(merah.token())).hasSize(1);
    }

    @Test
    void a_miss_and_the_same_text_of_another_message_prove_nothing() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "waha", 1).getFirst();
        Send lost = lost(merah, "html_bad_gateway");
        topics.send(Topic.DEVICE_SENDS, merah.id(), Cast.send(merah, Cast.message(), Cast.BUDI));
        assertThat(events(merah, 2).get(1)).isInstanceOf(DeliveryEvent.Accepted.class);

        // When
        lookUp(lost);

        // Then
        assertThat(events(merah)).hasSize(2);
        assertThat(state(lost)).isEqualTo("unknown");
    }

    @Test
    void a_platform_that_cannot_be_asked_is_not_asked_again() {
        // Given
        Registered merah = PlatformDevices.online(Cast.SINAR, "wablas", 1).getFirst();
        Send lost = lost(merah, "gateway_timeout");

        // When
        lookUp(lost);

        // Then
        assertThat(state(lost)).isEqualTo("unknown");
        assertThat(database.run(
                                "SELECT FROM send_journal WHERE message_id = $1 AND lookup_at = 'infinity'",
                                lost.messageId().value())
                        .rowCount())
                .isEqualTo(1);
    }

    private Send lost(Registered device, String fault) {
        Simulator.fault(device.token(), fault, Map.of());
        Send send = Cast.send(device, Cast.message(), Cast.BUDI);
        topics.send(Topic.DEVICE_SENDS, device.id(), send);
        assertThat(events(device, 1).getFirst()).isInstanceOf(DeliveryEvent.Unknown.class);
        return send;
    }

    /** The job would come to it in time. */
    private void lookUp(Send send) {
        database.run(
                "UPDATE send_journal SET lookup_at = 'epoch' WHERE message_id = $1 AND state = 'unknown'",
                send.messageId().value());
        lookUps.lookUpSome();
    }

    private String state(Send send) {
        return database.run(
                        "SELECT state FROM send_journal WHERE message_id = $1",
                        send.messageId().value())
                .iterator()
                .next()
                .getString("state");
    }
}
