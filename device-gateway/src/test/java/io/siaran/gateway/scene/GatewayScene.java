package io.siaran.gateway.scene;

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
public abstract class GatewayScene {

    public static final Duration PATIENCE = Duration.ofSeconds(20);
    public static final Duration SOON = Duration.ofMillis(10);

    @ConfigProperty(name = "siaran.kafka")
    public String kafka;

    @Inject
    public Database database;

    public Topics topics;

    @BeforeEach
    public void listen() {
        topics = new Topics(kafka, Topic.DELIVERY_EVENTS.topicName());
    }

    @AfterEach
    public void stopListening() {
        topics.close();
    }

    public final List<DeliveryEvent> events(Registered device) {
        return topics.read(device.id().toString(), DeliveryEvent.class);
    }

    public final List<DeliveryEvent> events(Registered device, int count) {
        await().atMost(PATIENCE).pollInterval(SOON).until(() -> events(device).size() >= count);
        return events(device);
    }

    public final List<ReturnReason> reasons(Registered device, int count) {
        return events(device, count).stream()
                .map(event -> ((DeliveryEvent.Returned) event).reason())
                .toList();
    }
}
