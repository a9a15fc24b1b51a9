package io.siaran.localstack;

import io.siaran.model.Topic;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One broker that is its own controller, and takes requests until it is closed. */
public interface Kafka extends AutoCloseable {

    /** Partitions of every topic here; an installation has its own, fixed number. */
    int PARTITIONS = 12;

    /** Fixed, so that a directory can be reused by the next start. */
    String CLUSTER_ID = "c2lhcmFuLWxvY2FsLTAwMQ";

    /** What every such broker is told, wherever it listens and keeps its data. */
    Map<String, String> SINGLE_BROKER = singleBroker();

    /** {@code host:port}, as the services are configured. */
    String address();

    @Override
    void close();

    /** Creates every topic of Siaran, and its dead letter topic, where missing. */
    default void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address()))) {
            Set<String> existing = admin.listTopics().names().get();
            Collection<NewTopic> missing = Stream.of(Topic.values())
                    .flatMap(topic -> Stream.of(log(topic), deadLetters(topic)))
                    .filter(topic -> !existing.contains(topic.name()))
                    .toList();
            admin.createTopics(missing).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create the topics", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were created", e);
        }
    }

    private static NewTopic log(Topic topic) {
        return new NewTopic(topic.topicName(), PARTITIONS, (short) 1)
                .configs(Map.of("cleanup.policy", topic.compacted() ? "compact" : "delete"));
    }

    private static NewTopic deadLetters(Topic topic) {
        return new NewTopic(topic.deadLetters(), 1, (short) 1);
    }

    private static Map<String, String> singleBroker() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "PLAINTEXT",
                "auto.create.topics.enable", "false"));
        // One broker cannot replicate; a wait for more members would only slow the start.
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "8",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "8",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0"));
        // As many as two cores keep busy; each has a stack and buffers of its own.
        settings.putAll(Map.of(
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "4",
                "group.coordinator.threads", "1"));
        // The usual 128 MB lie in the heap from the start, for more keys than this machine ever has.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        return Map.copyOf(settings);
    }
}
