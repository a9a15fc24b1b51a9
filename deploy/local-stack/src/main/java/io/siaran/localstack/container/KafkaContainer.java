package io.siaran.localstack.container;

import io.siaran.localstack.Kafka;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** Kafka in a container. */
public final class KafkaContainer implements Kafka {

    /** As deploy/compose has it. */
    static final String IMAGE = "docker.io/apache/kafka:4.1.0";

    private static final int CONTROLLER = 9093;

    private final GenericContainer<?> container;
    private final int port;

    private KafkaContainer(GenericContainer<?> container, int port) {
        this.container = container;
        this.port = port;
    }

    /** Starts it and returns when it takes requests; {@code -Dstack.kafka} names another image. */
    public static KafkaContainer start(int port) {
        GenericContainer<?> container = ContainerEngine.container(System.getProperty("stack.kafka", IMAGE), port, port)
                .withEnv(environment(port))
                .waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
        container.start();
        return new KafkaContainer(container, port);
    }

    /** Inside it listens on the same port as outside: whoever asks it for an address gets one that holds on both sides. */
    private static Map<String, String> environment(int port) {
        Map<String, String> listens = Map.of(
                "controller.quorum.voters", "1@127.0.0.1:" + CONTROLLER,
                "listeners", "PLAINTEXT://:%d,CONTROLLER://:%d".formatted(port, CONTROLLER),
                "advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        return Stream.of(SINGLE_BROKER, listens, Map.of("cluster.id", CLUSTER_ID))
                .flatMap(settings -> settings.entrySet().stream())
                .collect(Collectors.toMap(each -> variable(each.getKey()), Map.Entry::getValue));
    }

    /** As the image reads it; the cluster's id is no setting of the broker. */
    private static String variable(String setting) {
        String name = setting.toUpperCase(Locale.ROOT).replace('.', '_');
        return setting.equals("cluster.id") ? name : "KAFKA_" + name;
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        container.stop();
    }
}
