package io.siaran.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One Kafka broker (KRaft, broker and controller in this process) over a directory that is kept. */
public final class LocalKafka implements Kafka {

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
        return start(directory, port, controllerPort, Map.of());
    }

    /** @param more settings of the broker, over those that it has otherwise */
    public static LocalKafka start(Path directory, int port, int controllerPort, Map<String, String> more) {
        QUIET.forEach(logger -> logger.setLevel(Level.WARNING));
        try {
            Files.createDirectories(directory);
            format(directory);
            Properties settings = settings(directory, port, controllerPort);
            settings.putAll(more);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings), Time.SYSTEM);
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
        settings.putAll(SINGLE_BROKER);
        settings.putAll(Map.of(
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port,
                "server.max.startup.time.ms", Long.toString(PATIENCE.toMillis()),
                "log.dirs", directory.toString()));
        return settings;
    }

    @Override
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
