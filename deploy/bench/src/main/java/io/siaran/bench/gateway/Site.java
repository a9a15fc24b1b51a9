package io.siaran.bench.gateway;

import io.siaran.bench.PackagedService;
import io.siaran.localstack.LocalKafka;
import io.siaran.localstack.LocalKeys;
import io.siaran.localstack.LocalPostgres;
import io.siaran.localstack.LocalPostgres.Durability;
import io.siaran.localstack.LocalSecret;
import io.siaran.localstack.Ports;
import io.siaran.localstack.Role;
import io.siaran.localstack.simulator.SimulatorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the gateway needs around it: durable PostgreSQL, Kafka, and the platform's simulator within this process. */
final class Site implements AutoCloseable {

    static final String DATABASE = "gateway";
    static final String DISPATCH = "dispatch";

    /** As anybody sets a server that is to carry load; both sides of every ratio have them. */
    private static final Map<String, String> SETTINGS = Map.of(
            "shared_buffers", "1GB", "max_wal_size", "8GB", "checkpoint_timeout", "15min", "wal_compression", "on");

    private final Path home;
    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final SimulatorServer simulator;
    private final LocalKeys keys;

    private Site(Path home) throws SQLException {
        this.home = home;
        List<Integer> ports = Ports.free(3);
        this.postgres = postgres(home.resolve("postgres"), ports.get(0));
        this.kafka = LocalKafka.start(home.resolve("kafka"), ports.get(1), ports.get(2));
        this.simulator = SimulatorServer.startInMemory();
        this.keys = LocalKeys.in(home);
        postgres.createDatabases(List.of(DATABASE, DISPATCH));
        kafka.createTopics();
    }

    /** Twice: some settings are read at the start only. */
    private static LocalPostgres postgres(Path data, int port) throws SQLException {
        try (LocalPostgres first = LocalPostgres.start(data, port, Durability.DURABLE);
                Connection connection = first.connect("postgres");
                var statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
                statement.execute("ALTER SYSTEM SET %s = '%s'".formatted(setting.getKey(), setting.getValue()));
            }
        }
        return LocalPostgres.start(data, port, Durability.DURABLE);
    }

    static Site open() throws IOException, SQLException {
        return new Site(Files.createTempDirectory("siaran-bench-"));
    }

    /** Starts the gateway, as the local stack and an installation do. */
    PackagedService gateway() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SIARAN_POSTGRES", postgres.address(),
                "SIARAN_KAFKA", kafka.address(),
                "SIARAN_JWT_PUBLIC_KEY", keys.publicKeyLocation(),
                "SIARAN_GATEWAY_CREDENTIAL_KEY", LocalSecret.in(home),
                "SIARAN_GATEWAY_ALLOW_INTERNAL_ADDRESSES", "true"));
        Path options = Path.of(System.getProperty("siaran.repository", "."), "device-gateway/jvm.options");
        return PackagedService.start(
                "device-gateway", Ports.free(1).getFirst(), home, List.of("@" + options.toAbsolutePath()), environment);
    }

    /** Starts dispatch, as the local stack and an installation do. */
    PackagedService dispatch() throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "SIARAN_POSTGRES", postgres.address(),
                "SIARAN_KAFKA", kafka.address(),
                "SIARAN_JWT_PUBLIC_KEY", keys.publicKeyLocation()));
        return PackagedService.start(
                "dispatch-service", Ports.free(1).getFirst(), home, List.of("-Xmx512m"), environment);
    }

    String token(String user) {
        return keys.token(user, Role.OPERATOR, Duration.ofHours(12));
    }

    SimulatorServer simulator() {
        return simulator;
    }

    String kafka() {
        return kafka.address();
    }

    String postgres() {
        return postgres.address();
    }

    /** PostgreSQL and all its processes. */
    ProcessHandle postmaster() {
        return postgres.process().living().orElseThrow();
    }

    Connection connect() throws SQLException {
        return postgres.connect(DATABASE);
    }

    /** Runs one statement; answers the first column of its first row, or how many rows it changed. */
    long sql(String statement) throws SQLException {
        return sql(DATABASE, statement);
    }

    /** As {@link #sql(String)}, in the database of that name. */
    long sql(String database, String statement) throws SQLException {
        try (Connection connection = postgres.connect(database);
                var running = connection.createStatement()) {
            if (!running.execute(statement)) {
                return running.getUpdateCount();
            }
            try (var rows = running.getResultSet()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    @Override
    public void close() throws IOException {
        simulator.close();
        kafka.close();
        postgres.close();
        try (Stream<Path> files = Files.walk(home)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
