package io.siaran.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.siaran.kafka.OutboxRecord;
import io.siaran.kafka.Publisher;
import io.siaran.localstack.TestServers;
import io.siaran.model.BroadcastMessage;
import io.siaran.model.DeliveryEvent;
import io.siaran.model.DeviceId;
import io.siaran.model.DeviceSnapshot;
import io.siaran.model.DeviceStatus;
import io.siaran.model.LeadId;
import io.siaran.model.Plan;
import io.siaran.model.PlanKind;
import io.siaran.model.PlanStatus;
import io.siaran.model.Suppression;
import io.siaran.model.Topic;
import io.siaran.model.UnknownPolicy;
import io.siaran.model.Withdraw;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Kafka delivers at least once: what comes again changes no row of any table. */
@QuarkusTest
@WithTestResource(value = TestServers.class, scope = TestResourceScope.GLOBAL)
class RedeliveryTest {

    private static final int LAST = 1_000;
    private static final List<Topic> READ = List.of(
            Topic.BROADCAST_MESSAGES,
            Topic.DELIVERY_EVENTS,
            Topic.DEVICES,
            Topic.PLANS,
            Topic.LEADS,
            Topic.SUPPRESSIONS);
    private static final List<String> TABLES = List.of(
            "broadcast_messages",
            "device_queue",
            "withdrawals",
            "plans",
            "suppressions",
            "leads",
            "reconciliations",
            "status_deltas",
            "campaign_counts",
            "device_counts",
            "message_counts",
            "message_facts",
            "new_events");

    @Inject
    Stage stage;

    @Inject
    Publisher publisher;

    @Inject
    Events events;

    private final Random random = new Random(7);
    private final long began = System.currentTimeMillis();

    @Test
    void the_last_thousand_records_of_every_topic_come_again_and_change_nothing() throws Exception {
        // Given
        stage.reset();
        stage.rows("INSERT INTO event_listeners (user_id) VALUES ($1), ($2)", Cast.AMINAH.value(), Cast.RAZAK.value());
        List<DeviceId> fleet = IntStream.range(0, 300)
                .mapToObj(i -> new DeviceId(new UUID(0x0190_aaaa_0000_7000L, 0x8000_0000_0000_1000L + i)))
                .toList();
        List<BroadcastMessage> messages = IntStream.range(0, 1_000)
                .mapToObj(i -> Cast.campaign(fleet.get(i % 300), new LeadId(UUID.randomUUID()), 1))
                .toList();
        publish(snapshots(fleet));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(stage.rows("SELECT FROM device_queue")).hasSize(303));
        publish(planned(messages));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stage.statuses().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                        .isEqualTo(1_000));
        while (stage.release().messages() > 0) {}
        publish(outcomes(messages));
        untilAllIsRead();
        Map<String, List<String>> before = dump();

        // When
        deliverAgain();
        untilAllIsRead();

        // Then
        assertThat(before.get("broadcast_messages")).hasSize(1_000);
        assertThat(before.get("new_events")).hasSizeGreaterThan(500);
        assertThat(stage.statuses()).containsKeys("pending", "processing", "sent", "failed", "cancelled", "unknown");
        dump().forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(before.get(table)));
    }

    private List<OutboxRecord> snapshots(List<DeviceId> fleet) {
        List<OutboxRecord> records = new ArrayList<>();
        for (DeviceId device : fleet) {
            UnknownPolicy policy = UnknownPolicy.values()[random.nextInt(3)];
            records.add(new OutboxRecord(Topic.DEVICES, device.toString(), snapshot(device, policy)));
        }
        records.add(new OutboxRecord(
                Topic.PLANS,
                Cast.BLACK_FRIDAY.toString(),
                new Plan(
                        Cast.BLACK_FRIDAY.value(),
                        PlanKind.CAMPAIGN,
                        Cast.AMINAH,
                        PlanStatus.ACTIVE,
                        1,
                        "Black Friday Sale",
                        1,
                        false,
                        false,
                        null)));
        records.add(new OutboxRecord(
                Topic.SUPPRESSIONS,
                "aminah:60123450001",
                new Suppression(Cast.AMINAH, Cast.phone(Cast.ANI), null, null, 1, false)));
        return records;
    }

    /** Withdrawals before and behind their messages, and some of messages that never come. */
    private List<OutboxRecord> planned(List<BroadcastMessage> messages) {
        List<OutboxRecord> records = new ArrayList<>();
        for (BroadcastMessage message : messages) {
            String key = message.deviceId().toString();
            records.add(new OutboxRecord(Topic.BROADCAST_MESSAGES, key, message));
            if (random.nextInt(20) == 0) {
                records.add(
                        records.size() - random.nextInt(2),
                        new OutboxRecord(
                                Topic.BROADCAST_MESSAGES,
                                key,
                                new Withdraw(message.id(), message.userId(), message.deviceId())));
            }
        }
        return records;
    }

    private List<OutboxRecord> outcomes(List<BroadcastMessage> messages) {
        List<OutboxRecord> records = new ArrayList<>();
        for (BroadcastMessage message : messages) {
            for (DeliveryEvent event : outcome(message)) {
                records.add(new OutboxRecord(
                        Topic.DELIVERY_EVENTS, message.deviceId().toString(), event));
            }
        }
        return records;
    }

    private List<DeliveryEvent> outcome(BroadcastMessage m) {
        return switch (random.nextInt(9)) {
            case 0 -> List.of();
            case 1 -> List.of(events.accepted(m, 1), events.delivered(m, 1), events.read(m, 1));
            case 2 -> List.of(events.read(m, 1), events.accepted(m, 1));
            case 3 -> List.of(events.accepted(m, 1), events.refused(m, 1));
            case 4 -> List.of(events.unknown(m, 1));
            case 5 -> List.of(events.unknown(m, 1), events.returned(m, 1));
            case 6 -> List.of(events.failed(m, 1));
            case 7 -> List.of(events.rejected(m, 1));
            default -> List.of(events.accepted(m, 1));
        };
    }

    private static DeviceSnapshot snapshot(DeviceId device, UnknownPolicy policy) {
        return new DeviceSnapshot(
                device,
                Cast.AMINAH,
                "Kedai",
                null,
                "wablas",
                DeviceStatus.ONLINE,
                Cast.aMinuteAgo(),
                null,
                0,
                0,
                null,
                null,
                1,
                false,
                policy,
                null,
                null,
                null);
    }

    private void publish(List<OutboxRecord> records) {
        publisher.publish(records);
    }

    private Map<String, List<String>> dump() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table : TABLES) {
            rows.put(
                    table,
                    stage.rows("SELECT to_jsonb(t)::text AS line FROM " + table + " AS t ORDER BY 1").stream()
                            .map(row -> row.getString("line"))
                            .toList());
        }
        return rows;
    }

    private void deliverAgain() throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            for (Topic topic : READ) {
                List<ConsumerRecord<String, String>> records = read(topic);
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (ConsumerRecord<String, String> record :
                        records.subList(Math.max(0, records.size() - LAST), records.size())) {
                    sent.add(producer.send(
                            new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value())));
                }
                for (Future<RecordMetadata> one : sent) {
                    one.get();
                }
            }
        }
    }

    /** Those of this test, in the order of their time. */
    private List<ConsumerRecord<String, String>> read(Topic topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        records.removeIf(record -> record.timestamp() < began);
        records.sort((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
        return records;
    }

    /** Requeued until every consumer of the service has committed all that is there. */
    private static void untilAllIsRead() {
        try (Admin admin = Admin.create(kafka());
                KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(kafka(), new StringDeserializer(), new StringDeserializer())) {
            for (Topic topic : READ) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                        .map(p -> new TopicPartition(p.topic(), p.partition()))
                        .toList();
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(500))
                        .until(() -> {
                            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                                            "dispatch-" + topic.topicName())
                                    .partitionsToOffsetAndMetadata()
                                    .get();
                            return partitions.stream()
                                    .allMatch(p -> ends.get(p) == 0
                                            || (committed.get(p) != null
                                                    && committed.get(p).offset() >= ends.get(p)));
                        });
            }
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of(
                "bootstrap.servers", ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }
}
