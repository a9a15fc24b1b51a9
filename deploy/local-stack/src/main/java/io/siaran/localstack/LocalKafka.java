package io.siaran.localstack;

import io.siaran.model.Topic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka broker (KRaft, broker and controller in this process) over a directory that is kept. */
public final class LocalKafka implements AutoCloseable {

    /** Partitions of every topic here; an installation has its own, fixed number. */
    public static final int PARTITIONS = 12;

    /** Fixed, so that a directory can be reused by the next start. */
    private static final String CLUSTER_ID = "c2lhcmFuLWxvY2FsLTAwMQ";

    /** For its start and for its end; by itself it would wait for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Held here because java.util.logging forgets the level of a logger that nobody refers to. */
    private static final List<Logger> QUIET = Stream.of("kafka", "org.apache.kafka", "state.change.logger")
            .map(Logger::getLogger)
            .toList();

    private static final Logger LOG = Logger.getLogger(LocalKafka.class.getName());

    private final KafkaRaftServer server;
    private final String address;

    private LocalKafka(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /** Starts the broker and returns when it takes requests. */
    public static LocalKafka start(Path directory, int port, int controllerPort) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            Files.createDirectories(directory);
            format(directory);
            KafkaRaftServer server =
                    new KafkaRaftServer(KafkaConfig.fromProps(settings(directory, port, controllerPort)), Time.SYSTEM);
            server.startup();
            return new LocalKafka(server, "127.0.0.1:" + port);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka did not start over " + directory, e);
        }
    }

    private static void format(Path directory) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8))
                    .setClusterId(CLUSTER_ID)
                    .setNodeId(1)
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setIgnoreFormatted(true)
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + directory, e);
        }
    }

    private static Properties settings(Path directory, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "inter.broker.listener.name", "PLAINTEXT",
                "log.dirs", directory.toString()));
        // One broker cannot replicate; a wait for more members would only slow the start.
        settings.putAll(Map.of(
                "offsets.topic.replication.factor", "1",
                "offsets.topic.num.partitions", "8",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "transaction.state.log.num.partitions", "8",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1",
                "group.initial.rebalance.delay.ms", "0",
                "server.max.startup.time.ms", Long.toString(PATIENCE.toMillis()),
                "auto.create.topics.enable", "false"));
        // The usual 128 MB lie in the heap from the start, for more keys than this machine ever has.
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        return settings;
    }

    /** Creates every topic of Siaran, and its dead letter topic, where missing. */
    public void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
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

    /** {@code host:port}, as the services are configured. */
    public String address() {
        return address;
    }

    /** Stops the broker cleanly: the next start needs no repair. One that does not end is left to the end of this process. */
    @Override
    public void close() {
        Thread ending = Thread.ofPlatform().daemon().name("kafka-ending").start(() -> {
            server.shutdown();
            server.awaitShutdown();
        });
        try {
            if (!ending.join(PATIENCE)) {
                LOG.warning("Kafka has not ended within " + PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
