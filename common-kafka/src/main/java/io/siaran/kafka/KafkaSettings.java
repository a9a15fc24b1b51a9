package io.siaran.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How Siaran writes to Kafka, once: all replicas acknowledge, no duplicates by retries, lz4. Every {@code kafka.*} setting of
 * the installation counts here as it does for the channels (servers, SASL, TLS, time-outs), except the few that keep what
 * Siaran promises.
 */
@ApplicationScoped
class KafkaSettings {

    private static final int PUBLISHER_BATCH_BYTES = 64 * 1_024;

    private final Map<String, Object> installation;
    private final String service;

    @Inject
    KafkaSettings(
            @Identifier("default-kafka-broker") Map<String, Object> installation,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.installation = Map.copyOf(installation);
        this.service = service;
    }

    Producer<String, byte[]> producer() {
        return new KafkaProducer<>(forPublisher(), new StringSerializer(), new ByteArraySerializer());
    }

    Producer<String, String> transactionalProducer(String transactionalId) {
        Map<String, Object> settings = forProducers("relay-");
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        // Shorter than the default minute: readers of committed records wait for the open transaction of a dead relay.
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15_000);
        // When a transaction begins the broker knows no sequence of this producer yet. With several requests in flight
        // it could meet the second one of a partition first, which from 4.1 on it refuses, with an error in its log
        // (KAFKA-18202).
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /** Reads what a topic holds, whoever wrote it and whether it is committed; belongs to no group. */
    Consumer<String, byte[]> looker() {
        Map<String, Object> settings = installed(ConsumerConfig.configNames());
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        settings.remove(ConsumerConfig.ISOLATION_LEVEL_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    Admin admin() {
        Map<String, Object> settings = installed(AdminClientConfig.configNames());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        return Admin.create(settings);
    }

    /** Much at once: a page of a fan-out fills such batches, which compress better and cost the broker less than the usual 16 KB. */
    private Map<String, Object> forPublisher() {
        Map<String, Object> settings = forProducers("publisher-");
        settings.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, PUBLISHER_BATCH_BYTES);
        return settings;
    }

    private Map<String, Object> forProducers(String name) {
        Map<String, Object> settings = new TreeMap<>();
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name + service);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 12_000);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 12_000);
        settings.putAll(installed(ProducerConfig.configNames()));
        // Not for an installation to loosen: a record that was acknowledged is there, once.
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return settings;
    }

    /** Of the installation's settings those that this kind of client knows: it warns of each that it does not. */
    private Map<String, Object> installed(Set<String> known) {
        Map<String, Object> settings = new TreeMap<>(installation);
        // Serializers are ours, and a client id is that of one client.
        settings.keySet()
                .removeIf(name -> !known.contains(name)
                        || name.endsWith("serializer")
                        || name.equals(ProducerConfig.CLIENT_ID_CONFIG)
                        || name.equals(ProducerConfig.TRANSACTIONAL_ID_CONFIG));
        return settings;
    }
}
