package io.siaran.e2e.gateway;

import io.siaran.e2e.gateway.GatewayGroup.Device;
import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.Json;
import io.siaran.model.MessageId;
import io.siaran.model.MessageKind;
import io.siaran.model.MessageType;
import io.siaran.model.PhoneNumber;
import io.siaran.model.Send;
import io.siaran.model.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What the gateways are told, and what they told. */
final class Dispatch implements AutoCloseable {

    private final KafkaProducer<String, String> producer;
    private final Thread listening;
    private final Map<MessageId, List<DeliveryEvent>> told = new ConcurrentHashMap<>();
    private volatile boolean open = true;

    Dispatch(String kafka) {
        producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer());
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "dispatch-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        listening = Thread.ofVirtual().start(() -> listen(reading));
    }

    /** Releases so many messages of the device, each so many seconds after the one before it. */
    List<Send> release(Device device, int count, int delay) {
        List<Send> sends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Send send = send(device, delay);
            sends.add(send);
            var _ = producer.send(new ProducerRecord<>(
                    Topic.DEVICE_SENDS.topicName(), device.id().toString(), Json.write(send)));
        }
        producer.flush();
        return sends;
    }

    /** What was told of a message, in order. */
    List<DeliveryEvent> told(Send send) {
        return told.getOrDefault(send.messageId(), List.of());
    }

    /** How each of them stands by what was told last. */
    Map<MessageId, DeliveryEvent> lastWords(List<Send> sends) {
        Map<MessageId, DeliveryEvent> last = new HashMap<>();
        for (Send send : sends) {
            if (!told(send).isEmpty()) {
                last.put(send.messageId(), told(send).getLast());
            }
        }
        return last;
    }

    private void listen(Map<String, Object> settings) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topic.DELIVERY_EVENTS.topicName()));
            while (open) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    DeliveryEvent event = Json.read(record.value(), DeliveryEvent.class);
                    told.computeIfAbsent(event.messageId(), _ -> new CopyOnWriteArrayList<>())
                            .add(event);
                });
            }
        }
    }

    private static Send send(Device device, int delay) {
        MessageId id = MessageId.random(Instant.now(), RandomGenerator.getDefault());
        return new Send(
                id,
                1,
                GatewayGroup.SINAR,
                device.id(),
                Instant.now().plusSeconds(600),
                null,
                MessageKind.CAMPAIGN,
                new PhoneNumber("60121111111"),
                "Ani",
                Attributes.NONE,
                null,
                MessageType.TEXT,
                "Hello " + id,
                null,
                delay,
                delay,
                AntiSpamProfile.OFF,
                ZoneId.of("Asia/Kuala_Lumpur"),
                null);
    }

    @Override
    public void close() throws InterruptedException {
        open = false;
        listening.join();
        producer.close();
    }
}
