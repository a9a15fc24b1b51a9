package io.siaran.bench.gateway;

import io.siaran.model.AntiSpamProfile;
import io.siaran.model.Attributes;
import io.siaran.model.DelayRange;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Dispatch, as the gateway meets it: so many messages of a device in flight, the next when one has ended. */
final class Queue implements AutoCloseable {

    /** 200 characters with a link and spintax-free prose, as a shop writes. */
    static final String TEXT =
            "50% off everything today only! Come and see what is new in our shop, or order from home:"
                    + " https://sinar.example/sale?c=bf24 Free delivery above RM 100, until 9 tonight."
                    + " Reply STOP to hear no more.";

    private final KafkaProducer<String, String> producer;
    private final Supplier<DelayRange> delays;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder other = new LongAdder();
    private final Thread listening;
    private volatile boolean refilling = true;
    private volatile boolean open = true;

    /** @param delays gives each message its own */
    Queue(String kafka, Supplier<DelayRange> delays) {
        this.delays = delays;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5, "compression.type", "lz4"),
                new StringSerializer(),
                new StringSerializer());
        Map<String, Object> reading = Map.of(
                "bootstrap.servers",
                kafka,
                "group.id",
                "bench-" + UUID.randomUUID(),
                "auto.offset.reset",
                "latest",
                "isolation.level",
                "read_committed");
        listening = Thread.ofPlatform().name("queue").start(() -> listen(reading));
    }

    /** Puts so many messages of each device in flight. */
    void fill(Collection<DeviceId> devices, int each) {
        for (int i = 0; i < each; i++) {
            devices.forEach(this::release);
        }
        producer.flush();
    }

    /** From now on nothing follows what ends; returns when a second has passed in which nothing did. */
    void drain() throws InterruptedException {
        refilling = false;
        long before = -1;
        while (before != accepted() + other()) {
            before = accepted() + other();
            Thread.sleep(1_000);
        }
    }

    long accepted() {
        return accepted.sum();
    }

    /** What ended in any other way. */
    long other() {
        return other.sum();
    }

    private void listen(Map<String, Object> settings) {
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(Topic.DELIVERY_EVENTS.topicName()));
            while (open) {
                consumer.poll(Duration.ofMillis(50)).forEach(this::ended);
            }
        }
    }

    /** A receipt ends nothing: its message had ended before, and another one is in flight since. */
    private void ended(ConsumerRecord<String, String> record) {
        switch (Json.read(record.value(), DeliveryEvent.class)) {
            case DeliveryEvent.Receipt _ -> {
                return;
            }
            case DeliveryEvent.Accepted _ -> accepted.increment();
            default -> other.increment();
        }
        if (refilling) {
            release(DeviceId.of(record.key()));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a send that is lost shows as a lane that stays idle
    private void release(DeviceId device) {
        producer.send(
                new ProducerRecord<>(Topic.DEVICE_SENDS.topicName(), device.toString(), Json.write(send(device))));
    }

    private Send send(DeviceId device) {
        DelayRange delay = delays.get();
        return new Send(
                MessageId.random(Instant.now(), random),
                1,
                Fleet.USER,
                device,
                Instant.now().plus(Duration.ofHours(2)),
                null,
                MessageKind.CAMPAIGN,
                new PhoneNumber("6012" + random.nextInt(1_000_000, 10_000_000)),
                "Ani",
                Attributes.NONE,
                null,
                MessageType.TEXT,
                TEXT,
                null,
                delay.minSeconds(),
                delay.maxSeconds(),
                AntiSpamProfile.FULL,
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
