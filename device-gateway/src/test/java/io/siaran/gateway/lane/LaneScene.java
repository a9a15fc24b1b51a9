package io.siaran.gateway.lane;

import static org.awaitility.Awaitility.await;

import io.siaran.gateway.Cast.Registered;
import io.siaran.gateway.Topics;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.ReturnReason;
import io.siaran.model.Topic;
import io.siaran.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The scene of the lanes' tests: a gateway on real servers, somebody who listens to what dispatch is told. */
abstract class LaneScene {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    @ConfigProperty(name = "siaran.kafka")
    String kafka;

    @Inject
    Database database;

    Topics topics;

    @BeforeEach
    void listen() {
        topics = new Topics(kafka, Topic.DELIVERY_EVENTS.topicName());
    }

    @AfterEach
    void stopListening() throws Exception {
        topics.close();
    }

    final List<DeliveryEvent> events(Registered device) {
        return topics.read(device.id().toString(), DeliveryEvent.class);
    }

    final List<DeliveryEvent> events(Registered device, int count) {
        await().atMost(PATIENCE).until(() -> events(device).size() >= count);
        return events(device);
    }

    final List<ReturnReason> reasons(Registered device, int count) {
        return events(device, count).stream()
                .map(event -> ((DeliveryEvent.Returned) event).reason())
                .toList();
    }
}
