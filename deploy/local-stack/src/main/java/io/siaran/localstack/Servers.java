package io.siaran.localstack;

import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.container.ContainerEngine;
import io.siaran.localstack.container.KafkaContainer;
import io.siaran.localstack.container.PostgresContainer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** What PostgreSQL and Kafka run as, on ports of this machine. */
public enum Servers {

    /** Processes of this machine, made of Maven artifacts; what their directories hold stays. */
    EMBEDDED {
        @Override
        public Postgres postgres(Path data, int port, Durability durability) {
            return LocalPostgres.start(data, port, durability, SMALL);
        }

        @Override
        public Kafka kafka(Path directory, int port, int controllerPort) {
            return LocalKafka.start(directory, port, controllerPort);
        }
    },

    /** Containers, for tests alone: their data goes with them, and the directories stay empty. */
    TESTCONTAINERS {
        @Override
        public Postgres postgres(Path data, int port, Durability durability) {
            return PostgresContainer.start(port, durability);
        }

        @Override
        public Kafka kafka(Path directory, int port, int controllerPort) {
            return KafkaContainer.start(port);
        }
    };

    private static final String SETTING = "stack";

    /**
     * For a machine that runs everything: pages that were read once stay in these buffers, and in the kernel's as well. Nobody
     * replicates from it.
     */
    private static final Map<String, String> SMALL =
            Map.of("shared_buffers", "16MB", "wal_buffers", "1MB", "max_logical_replication_workers", "0");

    /** Starts PostgreSQL and returns when it answers. */
    public abstract Postgres postgres(Path data, int port, Durability durability);

    /** Starts Kafka and returns when it takes requests. */
    public abstract Kafka kafka(Path directory, int port, int controllerPort);

    /** As this test run asks for by {@code -Dstack=}. */
    public static Servers ofThisRun() {
        return named(System.getProperty(SETTING, "embedded"), ContainerEngine::isThere);
    }

    /** Without an engine there are no containers, and the tests run all the same. */
    static Servers named(String name, BooleanSupplier engineIsThere) {
        Servers wanted = Arrays.stream(values())
                .filter(each -> each.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("-D%s=%s is none of %s".formatted(SETTING, name, names())));
        if (wanted == TESTCONTAINERS && !engineIsThere.getAsBoolean()) {
            System.out.println("No container engine answers: PostgreSQL and Kafka are processes of this machine.");
            return EMBEDDED;
        }
        return wanted;
    }

    private static String names() {
        return Arrays.stream(values())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
