package io.siaran.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.gateway.Cast;
import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Topics;
import io.siaran.localstack.TestServers;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.InboundMessage;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What an operator calls after a restore: whoever had not read a STOP hears of it. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class TellAgainTest {

    @Inject
    Database database;

    @Test
    void devices_and_what_people_wrote_lately_are_told_again() throws Exception {
        try (Topics devices = new Topics(TestServers.kafka(), Topic.DEVICES.topicName());
                Topics replies = new Topics(TestServers.kafka(), Topic.INBOUND_MESSAGES.topicName())) {
            // Given
            Registered merah = Cast.onlineDevice(Cast.SINAR, "merah");
            String key = merah.id().toString();
            wrote(merah, "STOP", 0);
            wrote(merah, "old", 8);
            DeviceSnapshot before = await().until(() -> devices.read(key, DeviceSnapshot.class), all -> !all.isEmpty())
                    .getLast();

            // When
            database.run("CALL tell_again()");

            // Then
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(replies.read(key, InboundMessage.class))
                        .extracting(InboundMessage::text)
                        .containsExactly("STOP");
                List<DeviceSnapshot> told = devices.read(key, DeviceSnapshot.class);
                assertThat(told.getLast().version()).isGreaterThan(before.version() + 999_999);
                assertThat(told.getLast().userId()).isEqualTo(before.userId());
            });
        }
    }

    private void wrote(Registered device, String text, int daysAgo) {
        database.run(
                "INSERT INTO inbound_messages (id, user_id, device_id, provider_id, phone, type, text, at, received_at)"
                        + " SELECT $1, $2, $3, $4, '60121111111', 'text', $4, at, at"
                        + " FROM (SELECT now() - $5::int * interval '1 day' AS at) AS said",
                UUID.randomUUID(),
                device.user().value(),
                device.id().value(),
                text,
                daysAgo);
    }
}
